/* pz-drawings.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "model/pz-drawing-answers.h"
#include "model/pz-drawings-private.h"

enum {
  PROP_0,
  PROP_FOLDER,
  PROP_READY,
  PROP_BUSY,
  PROP_ERROR,
  N_PROPS
};

enum {
  SAVED,
  ANSWERED,
  N_SIGNALS
};

static void pz_drawings_list_model_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PzDrawings, pz_drawings, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, pz_drawings_list_model_init))

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

void
pz_drawings_emit_saved (PzDrawings *self)
{
  g_signal_emit (self, signals[SAVED], 0);
}

/* Whoever has it owns it. */
static PzDrawings *shared;

/* --- the network --- */

/* Main thread. */
static void
on_asked (gpointer      data,
          const GError *error,
          gpointer      owner)
{
  PzDrawings *self = owner;

  pz_drawing_answers_apply (data);
  if (self->ask_again)
    pz_drawings_start_asking (self);
  if (!pz_latest_get_busy (self->asking))
    g_signal_emit (self, signals[ANSWERED], 0);
}

void
pz_drawings_start_asking (PzDrawings *self)
{
  /* A question copies network and drawings: none is made that the next would replace. */
  self->ask_again = pz_latest_get_busy (self->asking);
  if (!self->ask_again && self->net != NULL && self->drawings->len > 0)
    pz_drawing_answers_ask (self->asking, self->drawings, self->net, self->scale, on_asked);
}

static void
drop_answers (PzDrawings *self)
{
  for (guint i = 0; i < self->drawings->len; i++)
    pz_drawing_set_answer (g_ptr_array_index (self->drawings, i), PZ_DRAWING_NO_ANSWER);
}

/* --- the object --- */

static GType
pz_drawings_get_item_type (GListModel *list)
{
  return PZ_TYPE_DRAWING;
}

static guint
pz_drawings_get_n_items (GListModel *list)
{
  return PZ_DRAWINGS (list)->drawings->len;
}

static gpointer
pz_drawings_get_item (GListModel *list,
                      guint       position)
{
  PzDrawings *self = PZ_DRAWINGS (list);

  return position < self->drawings->len ? g_object_ref (g_ptr_array_index (self->drawings, position)) : NULL;
}

static void
pz_drawings_list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = pz_drawings_get_item_type;
  interface->get_n_items = pz_drawings_get_n_items;
  interface->get_item = pz_drawings_get_item;
}

static void
pz_drawings_finalize (GObject *object)
{
  PzDrawings *self = PZ_DRAWINGS (object);

  g_clear_handle_id (&self->retry, g_source_remove);
  g_clear_pointer (&self->asking, pz_latest_free);
  g_clear_object (&self->monitor);
  g_clear_pointer (&self->drawings, g_ptr_array_unref);
  g_clear_pointer (&self->base, ds_drawings_free);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->next_folder, g_free);
  g_clear_pointer (&self->error, g_free);
  g_clear_pointer (&self->net, mlp_net_free);
  g_clear_weak_pointer (&self->asker);

  G_OBJECT_CLASS (pz_drawings_parent_class)->finalize (object);
}

static void
pz_drawings_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  PzDrawings *self = PZ_DRAWINGS (object);

  switch (prop_id)
    {
    case PROP_FOLDER:
      g_value_set_string (value, self->folder);
      break;

    case PROP_READY:
      g_value_set_boolean (value, self->ready);
      break;

    case PROP_BUSY:
      g_value_set_boolean (value, self->busy);
      break;

    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pz_drawings_class_init (PzDrawingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = pz_drawings_finalize;
  object_class->get_property = pz_drawings_get_property;

  properties[PROP_FOLDER] =
    g_param_spec_string ("folder", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  properties[PROP_READY] =
    g_param_spec_boolean ("ready", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  properties[PROP_BUSY] =
    g_param_spec_boolean ("busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  properties[PROP_ERROR] =
    g_param_spec_string ("error", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SAVED] =
    g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  signals[ANSWERED] =
    g_signal_new ("answered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
pz_drawings_init (PzDrawings *self)
{
  self->drawings = g_ptr_array_new_with_free_func (g_object_unref);
  self->asking = pz_latest_new (PZ_LATEST_NONE, self);
}

PzDrawings *
pz_drawings_new (void)
{
  return g_object_new (PZ_TYPE_DRAWINGS, NULL);
}

PzDrawings *
pz_drawings_dup_shared (void)
{
  if (shared != NULL)
    return g_object_ref (shared);

  shared = pz_drawings_new ();
  g_object_add_weak_pointer (G_OBJECT (shared), (gpointer *) &shared);

  return shared;
}

char *
pz_drawings_dup_usual_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "perzeptron", "drawings", NULL);
}

void
pz_drawings_open (PzDrawings *self,
                  const char *folder)
{
  g_return_if_fail (PZ_IS_DRAWINGS (self));
  g_return_if_fail (folder != NULL);

  g_free (self->next_folder);
  self->next_folder = g_strdup (folder);
  if (self->failed && self->ready)
    self->unsaved = TRUE;
  if (!self->busy)
    pz_drawings_continue (self);
}

const char *
pz_drawings_get_folder (PzDrawings *self)
{
  g_return_val_if_fail (PZ_IS_DRAWINGS (self), NULL);

  return self->folder;
}

gboolean
pz_drawings_get_ready (PzDrawings *self)
{
  g_return_val_if_fail (PZ_IS_DRAWINGS (self), FALSE);

  return self->ready;
}

gboolean
pz_drawings_get_busy (PzDrawings *self)
{
  g_return_val_if_fail (PZ_IS_DRAWINGS (self), FALSE);

  return self->busy;
}

const char *
pz_drawings_get_error (PzDrawings *self)
{
  g_return_val_if_fail (PZ_IS_DRAWINGS (self), NULL);

  return self->error;
}

guint
pz_drawings_insert_all (PzDrawings *self,
                        GPtrArray  *drawings,
                        guint       position)
{
  guint n;

  g_return_val_if_fail (PZ_IS_DRAWINGS (self), 0);

  n = MIN (drawings->len, DS_DRAWINGS_MAX - self->drawings->len);
  if (!self->ready || n == 0)
    return 0;

  position = MIN (position, self->drawings->len);
  for (guint i = 0; i < n; i++)
    {
      pz_drawing_set_answer (g_ptr_array_index (drawings, i), PZ_DRAWING_NO_ANSWER);
      g_ptr_array_insert (self->drawings, (int) (position + i), g_object_ref (g_ptr_array_index (drawings, i)));
    }
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, n);
  pz_drawings_changed (self);
  pz_drawings_start_asking (self);

  return n;
}

gboolean
pz_drawings_insert (PzDrawings *self,
                    PzDrawing  *drawing,
                    guint       position)
{
  gpointer one[] = { drawing };
  GPtrArray all = { one, 1 };

  g_return_val_if_fail (PZ_IS_DRAWING (drawing), FALSE);

  return pz_drawings_insert_all (self, &all, position) == 1;
}

guint
pz_drawings_remove (PzDrawings *self,
                    PzDrawing  *drawing)
{
  guint position;

  g_return_val_if_fail (PZ_IS_DRAWINGS (self), G_MAXUINT);

  if (!self->ready || !g_ptr_array_find (self->drawings, drawing, &position))
    return G_MAXUINT;

  g_ptr_array_remove_index (self->drawings, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  pz_drawings_changed (self);

  return position;
}

void
pz_drawings_relabel (PzDrawings *self,
                     PzDrawing  *drawing,
                     guint       label)
{
  g_return_if_fail (PZ_IS_DRAWINGS (self));
  g_return_if_fail (PZ_IS_DRAWING (drawing));

  if (!self->ready || pz_drawing_get_label (drawing) == label)
    return;

  pz_drawing_set_label (drawing, label);
  pz_drawings_changed (self);
}

void
pz_drawings_ask (PzDrawings   *self,
                 PzProject    *project,
                 const MlpNet *net,
                 float         scale)
{
  g_return_if_fail (PZ_IS_DRAWINGS (self));
  g_return_if_fail (project == NULL || PZ_IS_PROJECT (project));
  g_return_if_fail (net == NULL || mlp_net_get_width (net, 0) == INK_FRAME_SIZE);

  g_set_weak_pointer (&self->asker, project);
  g_clear_pointer (&self->net, mlp_net_free);
  if (net == NULL)
    {
      pz_latest_cancel (self->asking);
      self->ask_again = FALSE;
      drop_answers (self);
      return;
    }

  self->net = mlp_net_copy (net);
  self->scale = scale;
  pz_drawings_start_asking (self);
}

PzProject *
pz_drawings_get_asker (PzDrawings *self)
{
  g_return_val_if_fail (PZ_IS_DRAWINGS (self), NULL);

  return self->asker;
}
