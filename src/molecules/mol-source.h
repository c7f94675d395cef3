/* mol-source.h: location and format of the molecules of a source.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "io/io-stream.h"

G_BEGIN_DECLS

typedef enum
{
  MOL_FORM_NONE,
  MOL_FORM_ARCHIVE,        /* of XYZ files */
  MOL_FORM_FOLDER,         /* with XYZ files */
  MOL_FORM_XYZ,            /* one file */
  MOL_FORM_SDF,
  MOL_FORM_TABLE,
} MolForm;

typedef struct
{
  MolForm form;
  char   *path;            /* of the file; of the folder with XYZ files */
  char   *folder;          /* where files that belong to it may be */
  char   *table;           /* (nullable): of an SD file, the table of its properties */
} MolSource;

void     mol_source_clear          (MolSource  *location);

/**
 * mol_source_find:
 * @source: a file or a folder
 * @location: (out caller-allocates): to be cleared
 * @error: return location for a #GError
 *
 * Recognises a file by its content. Of a folder the XYZ files are taken; else the
 * first archive with such files in it, SD file or table.
 *
 * Errors: %MLP_ERROR_OPEN, %MLP_ERROR_FORMAT; the message says what it is
 * instead
 */
gboolean mol_source_find           (const char *source,
                                    MolSource  *location,
                                    GError    **error);

/* By the first bytes. Consumes nothing. */
MolForm  mol_source_recognise_form (IoStream   *stream);

/* Whether @path, a file or a folder, looks like molecules in one of these forms: a
 * look at the first bytes, for ds_open() to choose by. */
gboolean mol_source_recognise (const char *path);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MolSource, mol_source_clear)

G_END_DECLS
