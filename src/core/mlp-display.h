/* mlp-display.h: names and messages from files with control characters replaced, safe to display.
 *
 * A name that a file brings along may hold what a terminal obeys (escape sequences), what makes
 * one line two, or what turns the direction of the text around (Unicode TR 36, 3.3).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mlp_display_text:
 * @text: text from outside
 * @keep: (nullable): control characters that may stay, such as "\n"; %NULL: none
 *
 * Each C0 control and DEL becomes its picture (␛ for ESC, ␊ for a line end; U+2400 …), each C1 control,
 * line separator and control of the direction (U+061C, U+200E, U+200F, U+202A … U+202E, U+2066 … U+2069),
 * noncharacter and byte that is no UTF-8 the replacement character �.
 *
 * Returns: (transfer full): valid UTF-8
 */
char    *mlp_display_text      (const char *text,
                                const char *keep);

/* (transfer full): the same of g_filename_display_name() and g_filename_display_basename() */
char    *mlp_display_filename  (const char *filename);
char    *mlp_display_basename  (const char *filename);

/* (transfer full) (nullable): the message of @error, in which names from files may stand; its lines stay. %NULL of
 * none. */
char    *mlp_display_error     (const GError *error);

/* Whether mlp_display_text() replaces @character; C0 controls and DEL it does. */
gboolean mlp_display_is_unsafe (gunichar    character);

G_END_DECLS
