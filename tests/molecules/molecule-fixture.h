/* molecule-fixture.h: texts of molecules, and archives of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "datasets/fixture.h"
#include "molecules/mol-collection.h"
#include "molecules/mol-open.h"
#include "molecules/mol-report.h"

/* (transfer full): the text of one of the built-in molecules, from 0, as it is in
 * their archive */
char       *fixture_molecule_text (guint                i);

/* "tar", "tar.gz", "tar.bz2", "tar.xz", "zip" */
#define FIXTURE_N_ARCHIVES 5
extern const char *const fixture_archives[FIXTURE_N_ARCHIVES];

/* (transfer full): an archive of files */
GByteArray *fixture_archive       (const char          *form,
                                   const char   *const *names,
                                   const char   *const *texts,
                                   gsize                n);

/* (transfer full): bytes as such an archive is packed */
GByteArray *fixture_packed        (const char          *form,
                                   const char          *bytes,
                                   gsize                size);

/* (transfer full): of the first built-in molecules, "a/1.xyz" and so on */
GByteArray *fixture_molecules     (const char          *form,
                                   gsize                n);

/* Opens @folder/@name, or @folder for "", which must be of use. */
MolCollection *fixture_open (const char *folder,
                             const char *name,
                             MolReport **report);

/* … or must not, with a message that matches @pattern, as of
 * g_pattern_match_simple(). */
void fixture_assert_no_molecules (const char *folder,
                                  const char *name,
                                  int         code,
                                  const char *pattern);

/* A set of one molecule, or more, of the first built-in ones, without any part of
 * one that is not as it should be. */
void        fixture_assert_sound  (const MolCollection *molecules);
