/* pz-drawings-private.h: internals shared by the list of drawings and its folder.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "datasets/ds-drawings.h"
#include "model/pz-drawings.h"
#include "model/pz-latest.h"

G_BEGIN_DECLS

struct _PzDrawings
{
  GObject    parent_instance;

  GPtrArray *drawings;        /* of PzDrawing */

  /* The folder. */
  char      *folder;          /* (nullable) */
  char      *next_folder;     /* (nullable): to go to when this one is saved */
  DsDrawings *base;           /* (nullable): what its files held when they were last read or written */
  guint64    state;           /* of its files then */
  GFileMonitor *monitor;      /* (nullable): tells when another program writes them */
  gboolean   look_again;      /* it did */
  gboolean   joined;          /* what it wrote is in the list now */
  gboolean   ready;
  gboolean   busy;
  gboolean   unsaved;
  gboolean   failed;          /* the last save: what it was to save is only in the list */
  guint      retry;           /* source: saves again what could not be saved */
  char      *error;           /* (nullable) */

  /* The network. */
  MlpNet    *net;             /* (nullable) */
  PzProject *asker;           /* (nullable): whose it is; weak */
  float      scale;
  PzLatest  *asking;
  gboolean   ask_again;       /* about a newer network, once the present answers are there */
};

/* Saves the list, now or after what is being done. */
void pz_drawings_changed      (PzDrawings *self);

/* The signal: all is saved. */
void pz_drawings_emit_saved   (PzDrawings *self);

/* Begins what is to be done with the folder, if anything is; nothing may be under way. */
void pz_drawings_continue     (PzDrawings *self);

/* Asks the network about all drawings. */
void pz_drawings_start_asking (PzDrawings *self);

G_END_DECLS
