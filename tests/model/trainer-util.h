/* trainer-util.h: a trainer, what it trains, and what it has told.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model-util.h"
#include "core/net/mlp-split.h"
#include "model/pz-trainer.h"

typedef struct
{
  gsize n;               /* pictures */
  gsize n_train;         /* of them; the others validate */
  gsize hidden;          /* units */
  guint epochs;
  gsize batch_size;
} Setup;

/* More epochs than anybody waits for: such a run ends when the test stops it. */
#define ENDLESS 1000000

/* One epoch is endless. */
static const Setup slow G_GNUC_UNUSED = { 20000, 19990, 2048, ENDLESS, 1 };

static const Setup steady G_GNUC_UNUSED = { 600, 590, 128, ENDLESS, 1 };

/* Hundreds of epochs a second. */
static const Setup quick G_GNUC_UNUSED = { 60, 40, 4, 1500, 20 };

static const Setup few G_GNUC_UNUSED = { 400, 300, 8, 5, 20 };

typedef struct
{
  PzTrainer      *trainer;
  PzHistory      *history;
  GCancellable   *cancellable;
  MlpSamples     *samples;
  MlpSplit       *split;
  MlpNet         *net;
  MlpTrainOptions options;

  guint           n_progress;
  guint           n_nets;
  guint           n_busy;
  guint           n_changed;     /* of the history */
  guint           n_after;       /* anything after the result */

  gboolean        done;
  gboolean        ok;
  MlpStopReason   end;
  GError         *error;
} Fixture;

/* The data are a Setup. */
void    trainer_set_up        (Fixture      *f,
                               gconstpointer data);

/* Everything must be gone afterwards. */
void    trainer_tear_down     (Fixture      *f,
                               gconstpointer data);

/* The fixture's network, samples and options. */
PzTrainerPlan trainer_plan    (Fixture      *f);

void    trainer_start         (Fixture      *f);

/* The same, and it is paused before its thread has begun: it waits after its first batch. */
void    trainer_start_paused  (Fixture      *f);

/* A GAsyncReadyCallback; the user data is the fixture. */
void    trainer_on_done       (GObject      *object,
                               GAsyncResult *result,
                               gpointer      user_data);

/* Until the result, and a little longer: nothing comes after it. */
void    trainer_finish        (Fixture      *f);

/* What core makes of the same, in this thread. */
MlpNet *trainer_run_directly  (Fixture      *f,
                               guint         n_epochs);

/* Core, in this thread, comes to the weights of the trainer's network. */
void    trainer_assert_on_way (Fixture      *f);

/* 1 … @expected, without a gap */
void    trainer_assert_epochs (Fixture      *f,
                               guint         expected);
