/* cli-outputs.h: input and output files of a command, which must not coincide.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a file is to be, which tells whether it may take an older one's place among
 * the files of a data set. */
typedef enum
{
  CLI_OUTPUT_NONE,
  CLI_OUTPUT_NETWORK,
  CLI_OUTPUT_LOG,
  CLI_OUTPUT_PICTURE,
} CliOutputKind;

typedef struct _CliOutputs CliOutputs;

CliOutputs *cli_outputs_new       (void);
void        cli_outputs_free      (CliOutputs   *outputs);

/* @what: "DATA", "--continue"; @kind: of outputs that may take its place in the end;
 * @path: (nullable): a file or a folder */
void        cli_outputs_add_input (CliOutputs   *outputs,
                                   const char   *what,
                                   CliOutputKind kind,
                                   const char   *path);

/* @option: "--out"; @path: (nullable) */
void        cli_outputs_add       (CliOutputs   *outputs,
                                   const char   *option,
                                   CliOutputKind kind,
                                   const char   *path);

/**
 * cli_outputs_check:
 * @outputs: all there are
 * @error: return location for a #GError
 *
 * Whether no output is an input, by whatever name or link, nor another output, nor
 * where standard output goes, nor takes the place of another kind of file in a folder
 * that is read. Devices and FIFOs may be given more than once.
 *
 * Errors: %G_OPTION_ERROR naming both
 */
gboolean    cli_outputs_check     (CliOutputs   *outputs,
                                   GError      **error);

/* "“…” cannot be written: No space left on device". Returns: FALSE */
gboolean    cli_outputs_set_error (const char   *path,
                                   int           reason,
                                   GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliOutputs, cli_outputs_free)

G_END_DECLS
