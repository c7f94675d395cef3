/* ds-pickle-numpy.c: NumPy's arrays, as a pickle makes them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "core/mlp-error.h"
#include "datasets/mnist/ds-mnist-private.h"
#include "datasets/mnist/ds-pickle-private.h"

/* As for IDX: of a picture, and of all of them. */
#define MAX_INPUTS (1024 * 1024)
#define MAX_BYTES  (G_GUINT64_CONSTANT (1) << 30)

/* Bytes of the file that are converted at a time. */
#define CHUNK      (256 * 1024)

/* Whether a tuple has such an item, and it is of @kind. */
static gboolean
has_item_of_kind (const DsValue *tuple,
                  gsize          item,
                  DsValueKind    kind)
{
  return item < tuple->n_items && tuple->items[item]->kind == kind;
}

static gboolean
is_int (const DsValue *tuple,
        gsize          item,
        gint64         number)
{
  return has_item_of_kind (tuple, item, VALUE_INT) && tuple->items[item]->number == number;
}

static gboolean
is_text (const DsValue *tuple,
         gsize          item,
         const char    *text)
{
  return has_item_of_kind (tuple, item, VALUE_STRING) && strcmp (tuple->items[item]->text, text) == 0;
}

static gboolean
is_global (const DsValue *tuple,
           gsize          item,
           DsGlobal       global)
{
  return has_item_of_kind (tuple, item, VALUE_GLOBAL) && tuple->items[item]->global == global;
}

gboolean
ds_pickle_numpy_push_global (DsPickleMachine *machine,
                             const char      *module,
                             const char      *name,
                             GError         **error)
{
  /* The second is what NumPy 2 calls the first. */
  static const struct
  {
    const char *module;
    const char *name;
    DsGlobal    global;
  } known[] = {
    { "numpy.core.multiarray", "_reconstruct", GLOBAL_RECONSTRUCT },
    { "numpy._core.multiarray", "_reconstruct", GLOBAL_RECONSTRUCT },
    { "numpy", "ndarray", GLOBAL_NDARRAY },
    { "numpy", "dtype", GLOBAL_DTYPE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (strcmp (module, known[i].module) == 0 && strcmp (name, known[i].name) == 0)
      {
        DsValue *value = ds_pickle_machine_new_value (machine, VALUE_GLOBAL);

        value->global = known[i].global;
        return ds_pickle_machine_push (machine, value, error);
      }

  if (strcmp (module, "_codecs") == 0)
    return ds_pickle_machine_fail_rewritten (machine, error);

  return ds_pickle_machine_fail (machine, error,
                                 _("the pickle refers to the Python object “%s.%s”; only NumPy arrays are read, "
                                   "and no code is ever executed"), module, name);
}

static gboolean
convert_floats (DsPickleMachine *machine,
                const guint8    *from,
                guint8          *to,
                gsize            n,
                GError         **error)
{
  gboolean wrong = FALSE;

  for (gsize i = 0; i < n; i++)
    {
      guint32 bits;
      float value;

      memcpy (&bits, from + 4 * i, sizeof (bits));
      bits = GUINT32_FROM_LE (bits);
      memcpy (&value, &bits, sizeof (value));
      value *= 256.0f;
      to[i] = value >= 0.0f && value <= 255.0f ? (guint8) value : 0;
      wrong |= (float) to[i] != value;
    }

  return !wrong || ds_pickle_machine_fail (machine, error,
                                           _("a pixel before this position is not a multiple of 1/256 from 0 to "
                                             "255/256; expected the original “mnist.pkl.gz”"));
}

static gboolean
convert_ints (DsPickleMachine *machine,
              const guint8    *from,
              guint8          *to,
              gsize            n,
              GError         **error)
{
  for (gsize i = 0; i < n; i++)
    {
      guint64 number;

      memcpy (&number, from + 8 * i, sizeof (number));
      number = GUINT64_FROM_LE (number);
      if (number > G_MAXUINT8)
        return ds_pickle_machine_fail (machine, error,
                                       _("the label before this position is %" PRIi64 "; expected 0 to 9"),
                                       (gint64) number);
      to[i] = (guint8) number;
    }

  return TRUE;
}

/* Makes room for @n more bytes behind the @size there are. */
static gboolean
grow_bytes (DsPickleMachine *machine,
            guint8         **bytes,
            gsize            size,
            gsize            n,
            GError         **error)
{
  guint8 *grown = n <= MAX_BYTES - size ? g_try_realloc (*bytes, size + n) : NULL;

  if (grown == NULL)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
                   _("Not enough memory for “%s”"), io_stream_get_name (machine->stream));
      return FALSE;
    }
  *bytes = grown;

  return TRUE;
}

/* The elements of an array, as they stream by. */
static gboolean
read_elements (DsPickleMachine *machine,
               DsValue         *data,
               gsize            n_elements,
               GError         **error)
{
  const gboolean floats = data->element == ELEMENT_FLOAT;
  const gsize size = floats ? 4 : 8;
  g_autofree guint8 *chunk = NULL;
  guint8 **bytes = floats ? &machine->pixels : &machine->labels;
  gsize *n_bytes = floats ? &machine->n_pixels : &machine->n_labels;

  if (!io_stream_check_size (machine->stream, (guint64) n_elements * size, _("an array"), error) ||
      !grow_bytes (machine, bytes, *n_bytes, n_elements, error))
    return FALSE;

  chunk = g_malloc (CHUNK);
  for (gsize done = 0; done < n_elements;)
    {
      gsize n = MIN (n_elements - done, CHUNK / size);

      if (!io_stream_read (machine->stream, chunk, n * size, _("an array"), error))
        return FALSE;
      if (!(floats ? convert_floats (machine, chunk, *bytes + *n_bytes, n, error)
                   : convert_ints (machine, chunk, *bytes + *n_bytes, n, error)))
        return FALSE;
      *n_bytes += n;
      done += n;

      if (machine->progress != NULL &&
          !machine->progress (io_stream_get_fraction (machine->stream), machine->user_data))
        {
          g_set_error (error, MLP_ERROR, MLP_ERROR_CANCELLED,
                       _("Reading “%s” was cancelled"), io_stream_get_name (machine->stream));
          return FALSE;
        }
    }

  return TRUE;
}

gboolean
ds_pickle_numpy_expects_data (const DsPickleMachine *machine)
{
  const DsValue *dtype = ds_pickle_machine_look (machine, 1, VALUE_DTYPE);

  return ds_pickle_machine_look (machine, 0, VALUE_FALSE) != NULL && dtype != NULL && dtype->complete &&
         ds_pickle_machine_look (machine, 2, VALUE_TUPLE) != NULL && ds_pickle_machine_look (machine, 3,
                                                                                             VALUE_INT) != NULL &&
         ds_pickle_machine_look (machine, 4, VALUE_MARK) != NULL && ds_pickle_machine_look (machine, 5,
                                                                                            VALUE_ARRAY) != NULL;
}

gboolean
ds_pickle_numpy_read_data (DsPickleMachine *machine,
                           guint32          length,
                           GError         **error)
{
  const DsValue *shape = ds_pickle_machine_look (machine, 2, VALUE_TUPLE);
  const DsValue *dtype = ds_pickle_machine_look (machine, 1, VALUE_DTYPE);
  const gsize rank = dtype->element == ELEMENT_FLOAT ? 2 : 1;
  const guint size = dtype->element == ELEMENT_FLOAT ? 4 : 8;
  guint64 sizes[2] = { 1, 1 };
  DsValue *data;

  if (shape->n_items != rank)
    return ds_pickle_machine_fail (machine, error, _("an array has %zu dimensions; expected %s"),
                                   shape->n_items, rank == 2 ? _("2: images and pixels") : _("1: labels"));

  for (gsize i = 0; i < rank; i++)
    {
      if (!has_item_of_kind (shape, i, VALUE_INT) || shape->items[i]->number < 1)
        return ds_pickle_machine_fail (machine, error, _("the size of an array is invalid"));
      sizes[i] = (guint64) shape->items[i]->number;
    }

  /* Each size is below 2³¹, so the product fits. */
  if (sizes[1] > MAX_INPUTS)
    return ds_pickle_machine_fail (machine, error, _("an array has %" PRIu64 " columns; expected at most %d"),
                                   sizes[1], MAX_INPUTS);
  if (sizes[0] * sizes[1] > G_MAXUINT32 / size || sizes[0] * sizes[1] * size != length)
    return ds_pickle_machine_fail (machine, error,
                                   _("the data of an array have %u bytes; expected %" PRIu64 " × %" PRIu64
                                     " numbers of %u bytes each"), length, sizes[0], sizes[1], size);

  data = ds_pickle_machine_new_value (machine, VALUE_DATA);
  data->element = dtype->element;
  data->n = (gsize) sizes[0];
  data->n_columns = (gsize) sizes[1];
  data->start = data->element == ELEMENT_FLOAT ? machine->n_pixels : machine->n_labels;

  return read_elements (machine, data, data->n * data->n_columns, error) &&
         ds_pickle_machine_push (machine, data, error);
}

static gboolean
make_dtype (DsPickleMachine *machine,
            const DsValue   *args,
            GError         **error)
{
  DsValue *value;
  gboolean is_float = is_text (args, 0, "f4");

  if (!has_item_of_kind (args, 0, VALUE_STRING))
    return ds_pickle_machine_fail_unexpected (machine, error);

  if (is_text (args, 0, "u1") || is_text (args, 0, "|u1"))
    return ds_pickle_machine_fail (machine, error,
                                   _("the numbers are bytes, as in the “mnist.pkl.gz” of Keras; expected the one "
                                     "with three parts of numbers from 0 to 1, or the IDX files"));

  if (!is_float && !is_text (args, 0, "i8"))
    {
      g_autofree char *code = g_strescape (args->items[0]->text, NULL);

      return ds_pickle_machine_fail (machine, error,
                                     _("the numbers are of type “%s”; expected “f4” for pixels and “i8” for "
                                       "labels"), code);
    }

  value = ds_pickle_machine_new_value (machine, VALUE_DTYPE);
  value->element = is_float ? ELEMENT_FLOAT : ELEMENT_INT;

  return ds_pickle_machine_push (machine, value, error);
}

/* Calls a function: there are two that can be. */
gboolean
ds_pickle_numpy_reduce (DsPickleMachine *machine,
                        GError         **error)
{
  const DsValue *args = ds_pickle_machine_look (machine, 0, VALUE_TUPLE);
  const DsValue *global = ds_pickle_machine_look (machine, 1, VALUE_GLOBAL);

  if (args == NULL || global == NULL)
    return ds_pickle_machine_fail_unexpected (machine, error);

  machine->n_stack -= 2;

  if (global->global == GLOBAL_DTYPE)
    return make_dtype (machine, args, error);

  if (global->global == GLOBAL_RECONSTRUCT && is_global (args, 0, GLOBAL_NDARRAY))
    return ds_pickle_machine_push (machine, ds_pickle_machine_new_value (machine, VALUE_ARRAY), error);

  return ds_pickle_machine_fail_unexpected (machine, error);
}

/* Gives an object its state. */
gboolean
ds_pickle_numpy_build (DsPickleMachine *machine,
                       GError         **error)
{
  const DsValue *state = ds_pickle_machine_look (machine, 0, VALUE_TUPLE);
  DsValue *dtype = ds_pickle_machine_look (machine, 1, VALUE_DTYPE);
  DsValue *array = ds_pickle_machine_look (machine, 1, VALUE_ARRAY);

  if (state == NULL)
    return ds_pickle_machine_fail_unexpected (machine, error);

  machine->n_stack--;

  if (dtype != NULL)
    {
      if (is_text (state, 1, ">"))
        return ds_pickle_machine_fail (machine, error, _("the numbers are big-endian; expected little-endian"));
      if (!is_int (state, 0, 3) || !is_text (state, 1, "<"))
        return ds_pickle_machine_fail_unexpected (machine, error);
      dtype->complete = TRUE;
      return TRUE;
    }

  if (array != NULL && !array->complete && state->n_items == 5 && is_int (state, 0, 1) &&
      has_item_of_kind (state, 4, VALUE_DATA))
    {
      const DsValue *data = state->items[4];

      array->element = data->element;
      array->start = data->start;
      array->n = data->n;
      array->n_columns = data->n_columns;
      array->complete = TRUE;
      return TRUE;
    }

  return ds_pickle_machine_fail_unexpected (machine, error);
}

/* Whether @part is a pair of arrays, and the next in the file. */
static gboolean
check_part (const DsValue *part,
            gsize          n_columns,
            gsize          n_before)
{
  const DsValue *x, *y;

  if (part->kind != VALUE_TUPLE || part->n_items != 2 ||
      !has_item_of_kind (part, 0, VALUE_ARRAY) || !has_item_of_kind (part, 1, VALUE_ARRAY))
    return FALSE;

  x = part->items[0];
  y = part->items[1];

  return x->complete && y->complete && x->element == ELEMENT_FLOAT && y->element == ELEMENT_INT &&
         x->n == y->n && (n_columns == 0 || x->n_columns == n_columns) &&
         x->start == n_before * x->n_columns && y->start == n_before;
}

/* The value on the stack is what the file is about. */
gboolean
ds_pickle_numpy_take_result (DsPickleMachine *machine,
                             DsPickle        *pickle,
                             GError         **error)
{
  const DsValue *all = ds_pickle_machine_look (machine, 0, VALUE_TUPLE);
  gsize n = 0;

  if (machine->n_stack != 1 || all == NULL)
    return ds_pickle_machine_fail_unexpected (machine, error);

  if (all->n_items != DS_PICKLE_N_PARTS)
    return ds_pickle_machine_fail (machine, error, _("the file has %zu parts; expected three: training, validation and test"), all->n_items);

  for (gsize p = 0; p < DS_PICKLE_N_PARTS; p++)
    {
      if (!check_part (all->items[p], pickle->n_inputs, n))
        return ds_pickle_machine_fail (machine, error,
                                       _("part %zu of the file is not an array of images and one of equally many "
                                         "labels"),
                                       p + 1);

      pickle->n_inputs = all->items[p]->items[0]->n_columns;
      pickle->n[p] = all->items[p]->items[0]->n;
      n += pickle->n[p];
    }

  pickle->n_classes = ds_mnist_count_classes (machine->labels, n);
  for (gsize i = 0; i < n; i++)
    if (machine->labels[i] >= pickle->n_classes)
      return ds_pickle_machine_fail (machine, error, _("image %zu has the label %u; expected 0 to %u"),
                                     i + 1, machine->labels[i], pickle->n_classes - 1);

  pickle->pixels = g_steal_pointer (&machine->pixels);
  pickle->labels = g_steal_pointer (&machine->labels);

  return TRUE;
}
