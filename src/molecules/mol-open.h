/* mol-open.h: opening QM9, and molecules in its formats.
 *
 * R. Ramakrishnan, P. O. Dral, M. Rupp, O. A. von Lilienfeld: Quantum chemistry
 * structures and properties of 134 kilo molecules. Sci. Data 1, 140022 (2014).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "io/io-progress.h"
#include "molecules/mol-collection.h"
#include "molecules/mol-molecule.h"
#include "molecules/mol-report.h"

G_BEGIN_DECLS

typedef struct
{
  /* Keeps the molecules that failed the authors' consistency check: 3,054. Their
   * numbers are those of "uncharacterized.txt" beside the data; else those that
   * ship with the program, if the set is QM9. */
  gboolean    keep_uncharacterized;

  /* (nullable): where to keep what was read (see io-cache.h), so that it need not
   * be read again: a folder, made where there is none. */
  const char *cache_folder;
} MolOpenOptions;

#define MOL_OPEN_OPTIONS_DEFAULT { FALSE, NULL }

/**
 * mol_open:
 * @source: "builtin:molecules", a file or a folder
 * @options: how
 * @progress: (nullable): told now and then, in the calling thread
 * @user_data: for @progress
 * @report: (out) (optional) (transfer full): what was read and what was not
 * @error: return location for a #GError
 *
 * Recognises what @source is by its content, not by its name:
 *
 * - an archive (tar, plain, in gzip, bzip2 or xz; ZIP) of XYZ files, a folder of
 *   them (of files so called), or one of them; QM9's own format or a plain one,
 *   whose molecules have no number and no properties;
 * - an SD file, and beside it the table with its properties: "gdb9.sdf" and
 *   "gdb9.sdf.csv"; without the table there are none;
 * - a table with a column "smiles" and those of the properties, as MoleculeNet
 *   distributes it, in any form of io-csv.h, plain or packed: only the atoms are known,
 *   not their places. A value that is missing or no number is NaN;
 * - a folder that holds one of these. Of several the archive is taken before the
 *   SD file, and that before the table.
 *
 * Blocks. A molecule that cannot be read is counted, and the rest is used. An
 * archive or a file that is damaged or cut off is an error.
 *
 * Errors: %MLP_ERROR_OPEN, %MLP_ERROR_FORMAT, %MLP_ERROR_TRUNCATED,
 * %MLP_ERROR_TOO_LARGE, %MLP_ERROR_CANCELLED; the message names the file, the
 * place and what was expected, in a sentence for people.
 *
 * Returns: (transfer full) (nullable): at least one molecule
 */
MolCollection *mol_open      (const char           *source,
                              const MolOpenOptions *options,
                              IoProgressFunc        progress,
                              gpointer              user_data,
                              MolReport           **report,
                              GError              **error);

/**
 * mol_open_text:
 * @name: what the text is called, for messages
 * @text: (array length=length): one molecule, in XYZ format (QM9's or plain); also
 *   an SD file's or a table's text
 * @error: return location for a #GError
 *
 * For a text that was pasted, or one file. Nothing is left out.
 *
 * Errors: %MLP_ERROR_FORMAT, %MLP_ERROR_TRUNCATED; the message names the line
 *
 * Returns: (transfer full) (nullable): at least one molecule
 */
MolCollection *mol_open_text (const char           *name,
                              const char           *text,
                              gsize                 length,
                              GError              **error);

G_END_DECLS
