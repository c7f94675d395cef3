/* ds-mnist.c: the four IDX files of MNIST and its relatives.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/mlp-error.h"
#include "datasets/mnist/ds-mnist-files-private.h"
#include "datasets/mnist/ds-mnist-private.h"
#include "datasets/mnist/ds-mnist-variants.h"
#include "datasets/mnist/ds-pickle.h"

typedef struct
{
  IoProgressFunc func;
  gpointer       user_data;
  double         start;
  double         share;
} Progress;

static gboolean
on_progress (double   fraction,
             gpointer user_data)
{
  const Progress *progress = user_data;

  return progress->func (progress->start + fraction * progress->share, progress->user_data);
}

void
ds_mnist_part_clear (DsMnistPart *part)
{
  g_clear_pointer (&part->images, io_stream_close);
  g_clear_pointer (&part->labels, io_stream_close);
}

gboolean
ds_mnist_part_start (DsMnistPart *part,
                     GError     **error)
{
  DsIdxHeader labels;

  if (!ds_idx_read_header (part->images, 3, &part->header, error) ||
      !ds_idx_read_header (part->labels, 1, &labels, error))
    return FALSE;

  if (part->header.n != labels.n)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                   _("“%s” has %u images and “%s” has %u labels (both at byte 4); expected equal numbers"),
                   io_stream_get_name (part->images), part->header.n,
                   io_stream_get_name (part->labels), labels.n);
      return FALSE;
    }

  return TRUE;
}

/* Rows become columns, in place. */
static void
turn_pictures (guint8 *x,
               gsize   side,
               gsize   n)
{
  for (gsize i = 0; i < n; i++, x += side * side)
    for (gsize r = 1; r < side; r++)
      for (gsize c = 0; c < r; c++)
        {
          guint8 byte = x[r * side + c];

          x[r * side + c] = x[c * side + r];
          x[c * side + r] = byte;
        }
}

guint
ds_mnist_count_classes (const guint8 *labels,
                        gsize         n_labels)
{
  gsize counts[256] = { 0 };
  guint n_known = 0;
  guint n_classes = 0;

  /* The rarest class of a set may have one sample; but there is none that leaves a gap to
   * the others and is so rare. */

  for (gsize i = 0; i < n_labels; i++)
    counts[labels[i]]++;

  for (guint c = 0; c < G_N_ELEMENTS (counts); c++)
    {
      gboolean far_off, rare;

      if (counts[c] == 0)
        continue;

      n_known++;
      far_off = c + 1 > 2 * n_known;
      rare = c > n_classes && counts[c] * n_known * 100 < n_labels;
      if (c >= 10 && (far_off || rare))
        break;
      n_classes = c + 1;
    }

  return MAX (n_classes, 2);
}

/* How many samples have a label of @first or more. */
static gsize
count_from (const guint8 *labels,
            gsize         n_labels,
            guint         first)
{
  gsize n = 0;

  for (gsize i = 0; i < n_labels; i++)
    n += labels[i] >= first;

  return n;
}

/* (transfer full): those of the relative, and numbers for classes that somebody added. */
static char **
make_extended_names (const DsMnistVariant *variant,
                     guint                 n_classes)
{
  char **names = g_new0 (char *, n_classes + 1);

  for (guint c = 0; c < n_classes; c++)
    names[c] = c < variant->n_classes ? g_strdup (variant->class_names[c]) : g_strdup_printf ("%u", c);

  return names;
}

static gboolean
check_labels (const guint8 *labels,
              gsize         n_labels,
              guint         n_classes,
              const char   *name,
              GError      **error)
{
  for (gsize i = 0; i < n_labels; i++)
    if (labels[i] >= n_classes)
      {
        g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                     _("“%s” has the label %u at byte %zu; expected 0 to %u"),
                     name, labels[i], i + 8, n_classes - 1);
        return FALSE;
      }

  return TRUE;
}

/* @names, or %NULL for "0", "1", …. */
static char **
make_class_names (const char *const *names,
                  guint              n_classes)
{
  char **copy = g_new0 (char *, n_classes + 1);

  for (guint c = 0; c < n_classes; c++)
    copy[c] = names != NULL ? g_strdup (names[c]) : g_strdup_printf ("%u", c);

  return copy;
}

DsSet *
ds_mnist_read_parts (DsMnistPart   *parts,
                     const char    *folder,
                     const char    *prefix,
                     const char    *source,
                     IoProgressFunc progress,
                     gpointer       user_data,
                     GError       **error)
{
  const DsIdxHeader *header = &parts[parts[0].images == NULL].header;
  const gsize n_inputs = (gsize) header->rows * header->columns;
  const gsize n_train = parts[0].images != NULL ? parts[0].header.n : 0;
  const gsize n_test = parts[1].images != NULL ? parts[1].header.n : 0;
  const gsize n = n_train + n_test;
  g_autofree guint8 *x = NULL;
  g_autofree guint8 *y = NULL;
  g_autofree char *folder_name = g_path_get_basename (folder);
  const DsMnistVariant *variant;
  DsSet *set;
  guint n_classes;
  gsize done = 0;

  if (n_train > 0 && n_test > 0 &&
      (parts[0].header.rows != parts[1].header.rows ||
       parts[0].header.columns != parts[1].header.columns))
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                   _("“%s” has images of %u × %u pixels and “%s” of %u × %u (both at byte 8); expected the same size"),
                   io_stream_get_name (parts[0].images), parts[0].header.columns, parts[0].header.rows,
                   io_stream_get_name (parts[1].images), parts[1].header.columns, parts[1].header.rows);
      return NULL;
    }

  x = g_try_malloc (n * n_inputs);
  y = g_try_malloc (n);
  if (x == NULL || y == NULL)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
                   _("Not enough memory for the %zu images in “%s”"), n, source);
      return NULL;
    }

  /* Labels first: they are small, and say at once whether all is well. */
  for (gsize p = 0; p < 2; p++)
    if (parts[p].labels != NULL)
      {
        const DsIdxHeader labels_header = { 1, parts[p].header.n, 1, 1 };

        if (!ds_idx_read_bytes (parts[p].labels, &labels_header, y + (p == 0 ? 0 : n_train),
                                NULL, NULL, error))
          return NULL;
      }

  /* Of both parts: the rarest class may be in one only. */
  n_classes = ds_mnist_count_classes (y, n);
  variant = ds_mnist_variants_recognise (folder, prefix, y, n, n_classes);

  /* One label that the original does not have is damage; several are a class of somebody's. */
  if (variant != NULL && (n_classes < variant->n_classes || variant->fixed ||
                          count_from (y, n, variant->n_classes) < 2))
    n_classes = variant->n_classes;

  for (gsize p = 0; p < 2; p++)
    if (parts[p].labels != NULL &&
        !check_labels (y + (p == 0 ? 0 : n_train), parts[p].header.n, n_classes,
                       io_stream_get_name (parts[p].labels), error))
      return NULL;

  for (gsize p = 0; p < 2; p++)
    if (parts[p].images != NULL)
      {
        Progress portion = {
          progress, user_data,
          (double) done / (double) n, (double) parts[p].header.n / (double) n,
        };

        if (!ds_idx_read_bytes (parts[p].images, &parts[p].header, x + done * n_inputs,
                                progress != NULL ? on_progress : NULL, &portion, error))
          return NULL;
        done += parts[p].header.n;
      }

  if (variant != NULL && variant->turned && header->rows == header->columns)
    turn_pictures (x, header->rows, n);

  set = ds_set_new (variant != NULL ? variant->name : folder_name, source,
                    mlp_samples_new_pictures (g_steal_pointer (&x), DS_MNIST_SCALE, g_steal_pointer (&y),
                                              header->rows, header->columns, n_classes, n));
  set->n_train = n_train;
  set->n_test = n_test;
  set->rows = header->rows;
  set->columns = header->columns;
  set->class_names = variant != NULL ? make_extended_names (variant, n_classes)
                     : make_class_names (NULL, n_classes);

  return set;
}

static gboolean
check_partner (const DsMnistFiles *files,
               gsize               p,
               GError            **error)
{
  const char *images = files->paths[p][DS_MNIST_IMAGES];
  const char *labels = files->paths[p][DS_MNIST_LABELS];
  const char *part = p == DS_MNIST_TRAIN ? "train" : "t10k";

  if (images != NULL && labels == NULL)
    g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN,
                 _("The labels for “%s” are missing; expected “%s%s-labels-idx1-ubyte”, optionally with “.gz”, in that "
                   "folder"), images, files->prefix, part);
  else if (labels != NULL && images == NULL)
    g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN,
                 _("The images for “%s” are missing; expected “%s%s-images-idx3-ubyte”, optionally with “.gz”, in that "
                   "folder"), labels, files->prefix, part);

  return (images == NULL) == (labels == NULL);
}

/* Opens the files and reads them. */
static DsSet *
read_mnist_files (const DsMnistFiles *files,
                  const char         *source,
                  IoProgressFunc      progress,
                  gpointer            user_data,
                  GError            **error)
{
  g_auto(DsMnistPart) train = { 0 };
  g_auto(DsMnistPart) test = { 0 };
  DsMnistPart *const opened[] = { &train, &test };

  for (gsize p = 0; p < G_N_ELEMENTS (opened); p++)
    {
      if (!check_partner (files, p, error))
        return NULL;
      if (files->paths[p][DS_MNIST_IMAGES] == NULL)
        continue;

      opened[p]->images = io_stream_open (files->paths[p][DS_MNIST_IMAGES], error);
      if (opened[p]->images == NULL)
        return NULL;
      opened[p]->labels = io_stream_open (files->paths[p][DS_MNIST_LABELS], error);
      if (opened[p]->labels == NULL || !ds_mnist_part_start (opened[p], error))
        return NULL;
    }

  return ds_mnist_read_parts ((DsMnistPart[]) { train, test }, files->folder, files->prefix, source,
                              progress, user_data, error);
}

DsSet *
ds_mnist_open_folder (const char    *folder,
                      IoProgressFunc progress,
                      gpointer       user_data,
                      GError       **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autoptr(DsMnistFiles) files = ds_mnist_files_find (folder, NULL, &local_error);
  g_autofree char *pickle = NULL;

  if (files != NULL)
    return read_mnist_files (files, folder, progress, user_data, error);

  /* No IDX files at all, not too many. */
  if (g_error_matches (local_error, MLP_ERROR, MLP_ERROR_OPEN))
    pickle = ds_mnist_files_find_pickle (folder);

  if (pickle != NULL)
    return ds_mnist_open_pickle (pickle, progress, user_data, error);

  g_propagate_error (error, g_steal_pointer (&local_error));

  return NULL;
}

DsSet *
ds_mnist_open_file (const char    *path,
                    IoProgressFunc progress,
                    gpointer       user_data,
                    GError       **error)
{
  g_autoptr(DsMnistFiles) files = ds_mnist_files_find_partners (path, error);

  return files != NULL ? read_mnist_files (files, path, progress, user_data, error) : NULL;
}

/* The side of a square of @n pixels, or 0. */
static guint
find_side (gsize n)
{
  gsize side = 1;

  while (side * side < n)
    side++;

  return side * side == n ? (guint) side : 0;
}

DsSet *
ds_mnist_open_pickle (const char    *path,
                      IoProgressFunc progress,
                      gpointer       user_data,
                      GError       **error)
{
  g_autoptr(IoStream) stream = io_stream_open (path, error);
  g_auto(DsPickle) pickle = { 0 };
  g_autofree char *file_name = g_path_get_basename (path);
  g_autofree char *name = NULL;
  const DsMnistVariant *variant;
  MlpSamples *samples;
  DsSet *set;
  guint side;
  gsize n;

  if (stream == NULL || !ds_pickle_read (stream, &pickle, progress, user_data, error))
    return NULL;

  n = pickle.n[0] + pickle.n[1] + pickle.n[2];
  variant = ds_mnist_variants_recognise ("", "", pickle.labels, n, pickle.n_classes);
  if (variant != NULL && variant->n_classes != pickle.n_classes)
    variant = NULL;
  name = variant != NULL ? g_strdup_printf ("%s (%s)", variant->name, file_name) : g_strdup (file_name);

  side = find_side (pickle.n_inputs);
  if (side > 0)
    samples = mlp_samples_new_pictures (g_steal_pointer (&pickle.pixels), DS_MNIST_SCALE,
                                        g_steal_pointer (&pickle.labels), side, side, pickle.n_classes, n);
  else
    samples = mlp_samples_new_classes (g_steal_pointer (&pickle.pixels), DS_MNIST_SCALE,
                                       g_steal_pointer (&pickle.labels), pickle.n_inputs, pickle.n_classes, n);

  set = ds_set_new (name, path, samples);
  set->n_train = pickle.n[0];
  set->n_validation = pickle.n[1];
  set->n_test = pickle.n[2];
  set->rows = side;
  set->columns = side;
  set->class_names = make_class_names (variant != NULL ? variant->class_names : NULL,
                                       pickle.n_classes);

  return set;
}
