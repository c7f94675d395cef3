/* draw-footnotes.h: footnotes with the sources of a plot's figures.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "draw/draw-canvas.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *sources;      /* borrowed strings: the first has number 1 */
  GPtrArray *lines;        /* as they are written */
} DrawFootnotes;

void   draw_footnotes_init       (DrawFootnotes       *footnotes);
void   draw_footnotes_clear      (DrawFootnotes       *footnotes);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DrawFootnotes, draw_footnotes_clear)

/* Forgets the sources. */
void   draw_footnotes_reset      (DrawFootnotes       *footnotes);

/* Numbers @source (nullable), unless it is known or has no room in @max_lines
 * lines of @width. */
void   draw_footnotes_add        (DrawFootnotes       *footnotes,
                                  const DrawCanvas    *canvas,
                                  const char          *source,
                                  double               width,
                                  guint                max_lines);

/* (transfer full): "²", or "" for what has no number */
char  *draw_footnotes_get_mark   (const DrawFootnotes *footnotes,
                                  const char          *source);

double draw_footnotes_get_height (const DrawFootnotes *footnotes,
                                  const DrawCanvas    *canvas);

/* With their lower edge at @bottom. */
void   draw_footnotes            (const DrawCanvas    *canvas,
                                  double               x,
                                  double               bottom,
                                  const DrawFootnotes *footnotes);

G_END_DECLS
