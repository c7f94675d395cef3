/* project-util.h: a project, and what it has told.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/pz-project.h"
#include "model-util.h"

typedef struct
{
  PzProject    *project;
  char         *folder;         /* a temporary one */

  /* How often it was told. */
  guint         n_recipe;
  guint         n_net;
  guint         n_ended;
  guint         n_modified;
  guint         n_can_undo;
  guint         n_dataset;

  /* Of the newest "train-ended". */
  MlpStopReason end;
  char         *message;

  /* Of the newest save, open or evaluation. */
  gboolean      done;
  gboolean      ok;
  GError       *error;
} Fixture;

/* With the default recipe, made small: 200 samples train, 16 units, 2 epochs, a
 * thread; nothing is unsaved, nothing loaded. */
void    fixture_set_up        (Fixture      *f,
                               gconstpointer data);

/* The same, and the built-in digits are loaded. */
void    fixture_set_up_loaded (Fixture      *f,
                               gconstpointer data);

/* Shuts down; the project and all it has must be gone afterwards. */
void    fixture_tear_down     (Fixture      *f,
                               gconstpointer data);

/* (transfer full): to be changed and handed to pz_project_edit() */
Recipe *fixture_copy_recipe   (Fixture      *f);

void    fixture_set_source    (Fixture      *f,
                               const char   *source);
void    fixture_wait_loaded   (Fixture      *f);

/* Train and wait for the end. */
void    fixture_train         (Fixture      *f);

/* Return whether it worked; f->error says why not. */
gboolean fixture_save (Fixture    *f,
                       const char *name);
gboolean fixture_open (Fixture    *f,
                       const char *name);

/* (transfer full) */
GFile  *fixture_get_file      (Fixture      *f,
                               const char   *name);

/* GAsyncReadyCallbacks; the user data is the fixture. */
void    fixture_on_saved      (GObject      *object,
                               GAsyncResult *result,
                               gpointer      user_data);
void    fixture_on_opened     (GObject      *object,
                               GAsyncResult *result,
                               gpointer      user_data);
