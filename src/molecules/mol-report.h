/* mol-report.h: reading report: the origin of molecules, and what could not be read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A molecule that could not be read. */
typedef struct
{
  char  *name;        /* of its file, or in the archive */
  guint  line;        /* from 1; 0: the whole file */
  char  *reason;      /* for people: "expected …; found “…”" */
} MolUnreadable;

#define MOL_MAX_NAMED 10

/* What became of the molecules of a source. */
typedef struct
{
  gsize         n;                       /* in the set */
  gsize         n_uncharacterized;       /* left out */
  gsize         n_unreadable;            /* left out */
  gsize         n_named;                 /* the first so many of those are named */
  MolUnreadable unreadable[MOL_MAX_NAMED];
  gsize         n_bad_values;            /* of a table: no numbers, and so missing */
  gsize         n_named_values;          /* the first so many of those are named */
  MolUnreadable bad_values[MOL_MAX_NAMED];
  gboolean      from_cache;
  guint64       n_bytes;                 /* of the file or files, as they are; 0: built in, or a folder */
} MolReport;

void  mol_report_free            (MolReport       *report);

/* Where in its source a molecule is. */
typedef struct
{
  char *name;         /* of its file, or in the archive or folder */
  guint line;         /* of a table or an SD file: where it starts, from 1; else 0 */
  guint row;          /* … and which of its rows or records it is, from 1; else 0 */
} MolOrigin;

/* (transfer full): "a.xyz", "table.csv, row 3" */
char *mol_report_describe_origin (const MolOrigin *origin);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MolReport, mol_report_free)

G_END_DECLS
