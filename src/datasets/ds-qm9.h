/* ds-qm9.h: QM9, and molecules in its formats.
 *
 * R. Ramakrishnan, P. O. Dral, M. Rupp, O. A. von Lilienfeld: Quantum chemistry
 * structures and properties of 134 kilo molecules. Sci. Data 1, 140022 (2014).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "datasets/ds-molecule.h"
#include "datasets/ds-set.h"

G_BEGIN_DECLS

typedef struct
{
  /* Keeps the molecules that failed the authors' consistency check: 3,054. Their
   * numbers are those of "uncharacterized.txt" beside the data; else those that
   * ship with the program, if the set is QM9. */
  gboolean    keep_uncharacterized;
} DsMoleculesOptions;

#define DS_MOLECULES_OPTIONS_DEFAULT { FALSE }

/* A molecule that could not be read. */
typedef struct
{
  char  *name;        /* of its file, or in the archive */
  guint  line;        /* from 1; 0: the whole file */
  char  *reason;      /* for people: "expected …; found “…”" */
} DsUnreadable;

#define DS_MAX_NAMED 10

/* What became of the molecules of a source. */
struct _DsMoleculesReport
{
  gsize        n;                       /* in the set */
  gsize        n_uncharacterized;       /* left out */
  gsize        n_unreadable;            /* left out */
  gsize        n_named;                 /* the first so many of those are named */
  DsUnreadable unreadable[DS_MAX_NAMED];
};

void         ds_molecules_report_free (DsMoleculesReport *report);

/**
 * ds_molecules_open:
 * @source: "builtin:molecules", a file or a folder
 * @options: how
 * @progress: (nullable): told now and then, in the calling thread
 * @user_data: for @progress
 * @report: (out) (optional) (transfer full): what was read and what was not
 * @error: return location for a #GError
 *
 * Recognises what @source is by its content, not by its name: an archive (tar,
 * plain, in gzip, bzip2 or xz; ZIP) of XYZ files, a folder of them, one of them.
 * Blocks.
 *
 * A molecule that cannot be read is counted, and the rest is used. An archive
 * that is damaged or cut off is an error.
 *
 * Errors: %MLP_ERROR_OPEN, %MLP_ERROR_FORMAT, %MLP_ERROR_TRUNCATED,
 * %MLP_ERROR_TOO_LARGE, %MLP_ERROR_CANCELLED; the message names the file, the
 * place and what was expected, in a sentence for people.
 *
 * Returns: (transfer full) (nullable): at least one molecule
 */
DsMolecules *ds_molecules_open        (const char                *source,
                                       const DsMoleculesOptions  *options,
                                       DsProgressFunc             progress,
                                       gpointer                   user_data,
                                       DsMoleculesReport        **report,
                                       GError                   **error);

/* Whether @path looks like molecules in one of these forms. */
gboolean     ds_molecules_recognise   (const char                *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DsMoleculesReport, ds_molecules_report_free)

G_END_DECLS
