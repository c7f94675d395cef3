/* ds-pickle.c: a stack machine of 19 instructions.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "core/mlp-error.h"
#include "datasets/ds-mnist-private.h"
#include "datasets/ds-pickle.h"
#include "datasets/ds-sniff.h"

/* Far more than the file needs: 19 kinds of instructions, 127 in all. */
#define MAX_INSTRUCTIONS 1000
#define MAX_STACK        64
#define MAX_ITEMS        8      /* of a tuple */
#define MAX_TEXT         63     /* of a string, of a name */

/* As for IDX. */
#define MAX_BYTES        (G_GUINT64_CONSTANT (1) << 30)

/* Bytes of the file that are converted at a time. */
#define CHUNK            (256 * 1024)

typedef enum
{
  VALUE_MARK,
  VALUE_NONE,
  VALUE_FALSE,
  VALUE_INT,
  VALUE_STRING,
  VALUE_TUPLE,
  VALUE_GLOBAL,
  VALUE_DTYPE,
  VALUE_ARRAY,
  VALUE_DATA,
} ValueKind;

typedef enum
{
  GLOBAL_RECONSTRUCT,
  GLOBAL_NDARRAY,
  GLOBAL_DTYPE,
} Global;

typedef enum
{
  ELEMENT_FLOAT,
  ELEMENT_INT,
} Element;

typedef struct _Value Value;

struct _Value
{
  ValueKind kind;
  gint64    number;             /* VALUE_INT */
  Global    global;
  char      text[MAX_TEXT + 1]; /* VALUE_STRING */

  Value    *items[MAX_ITEMS];   /* VALUE_TUPLE */
  gsize     n_items;

  /* VALUE_DTYPE, VALUE_DATA, VALUE_ARRAY */
  Element   element;
  gboolean  complete;           /* its BUILD has come */
  gsize     start;              /* in the pixels or the labels */
  gsize     n;                  /* items */
  gsize     n_columns;          /* 1 for labels */
};

typedef struct
{
  DsStream      *stream;
  DsProgressFunc progress;
  gpointer       user_data;

  GPtrArray     *values;        /* every one there is; owns them */
  Value         *stack[MAX_STACK];
  gsize          n_stack;
  Value         *memo[256];

  guint8        *pixels;
  gsize          n_pixels;
  guint8        *labels;
  gsize          n_labels;
} Machine;

static gboolean fail (const Machine *machine,
                      GError       **error,
                      const char    *format,
                      ...) G_GNUC_PRINTF (3, 4);

static gboolean
fail (const Machine *machine,
      GError       **error,
      const char    *format,
      ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT, "“%s”, byte %" G_GSIZE_FORMAT ": %s",
               ds_stream_get_name (machine->stream), ds_stream_get_offset (machine->stream), text);
  return FALSE;
}

static gboolean
fail_unexpected (const Machine *machine,
                 GError       **error)
{
  return fail (machine, error, "this is not how “mnist.pkl.gz” is made; "
               "expected three pairs of arrays of Python 2’s NumPy");
}

static gboolean
fail_rewritten (const Machine *machine,
                GError       **error)
{
  return fail (machine, error, "this pickle was written anew by Python 3; "
               "expected the original “mnist.pkl.gz” (protocol 2, Python 2)");
}

static Value *
value_new (Machine  *machine,
           ValueKind kind)
{
  Value *value = g_new0 (Value, 1);

  value->kind = kind;
  g_ptr_array_add (machine->values, value);

  return value;
}

static gboolean
push (Machine *machine,
      Value   *value,
      GError **error)
{
  if (machine->n_stack == MAX_STACK)
    return fail_unexpected (machine, error);

  machine->stack[machine->n_stack++] = value;

  return TRUE;
}

static gboolean
push_int (Machine *machine,
          gint64   number,
          GError **error)
{
  Value *value = value_new (machine, VALUE_INT);

  value->number = number;

  return push (machine, value, error);
}

/* The value @depth below the top, of @kind, or %NULL. */
static Value *
look (const Machine *machine,
      gsize          depth,
      ValueKind      kind)
{
  Value *value;

  if (depth >= machine->n_stack)
    return NULL;

  value = machine->stack[machine->n_stack - 1 - depth];

  return value->kind == kind ? value : NULL;
}

/* Whether a tuple has such an item, and it is of @kind. */
static gboolean
is (const Value *tuple,
    gsize        item,
    ValueKind    kind)
{
  return item < tuple->n_items && tuple->items[item]->kind == kind;
}

static gboolean
is_int (const Value *tuple,
        gsize        item,
        gint64       number)
{
  return is (tuple, item, VALUE_INT) && tuple->items[item]->number == number;
}

static gboolean
is_text (const Value *tuple,
         gsize        item,
         const char  *text)
{
  return is (tuple, item, VALUE_STRING) && strcmp (tuple->items[item]->text, text) == 0;
}

static gboolean
is_global (const Value *tuple,
           gsize        item,
           Global       global)
{
  return is (tuple, item, VALUE_GLOBAL) && tuple->items[item]->global == global;
}

static gboolean
read_bytes (Machine *machine,
            guint8  *bytes,
            gsize    n,
            GError **error)
{
  return ds_stream_read (machine->stream, bytes, n, "an instruction of the pickle", error);
}

/* Takes the top @n values into a tuple. */
static gboolean
make_tuple (Machine *machine,
            gsize    n,
            GError **error)
{
  Value *tuple = value_new (machine, VALUE_TUPLE);

  if (n > machine->n_stack || n > MAX_ITEMS)
    return fail_unexpected (machine, error);

  machine->n_stack -= n;
  tuple->n_items = n;
  for (gsize i = 0; i < n; i++)
    {
      tuple->items[i] = machine->stack[machine->n_stack + i];
      if (tuple->items[i]->kind == VALUE_MARK)
        return fail_unexpected (machine, error);
    }

  return push (machine, tuple, error);
}

/* Takes what is above the topmost mark, and the mark. */
static gboolean
make_marked_tuple (Machine *machine,
                   GError **error)
{
  gsize n = 0;
  Value *tuple;

  while (n < machine->n_stack && look (machine, n, VALUE_MARK) == NULL)
    n++;
  if (n == machine->n_stack)
    return fail_unexpected (machine, error);
  if (!make_tuple (machine, n, error))
    return FALSE;

  tuple = machine->stack[machine->n_stack - 1];
  machine->n_stack -= 2;

  return push (machine, tuple, error);
}

static gboolean
read_line (Machine *machine,
           char     text[MAX_TEXT + 1],
           GError **error)
{
  gsize n = 0;
  guint8 byte;

  for (;;)
    {
      if (!read_bytes (machine, &byte, 1, error))
        return FALSE;
      if (byte == '\n')
        break;
      if (n == MAX_TEXT || !g_ascii_isprint (byte))
        return fail (machine, error, "the name of a Python object is damaged");
      text[n++] = (char) byte;
    }
  text[n] = '\0';

  return TRUE;
}

static gboolean
read_global (Machine *machine,
             GError **error)
{
  /* The second is what NumPy 2 calls the first. */
  static const struct
  {
    const char *module;
    const char *name;
    Global      global;
  } known[] = {
    { "numpy.core.multiarray", "_reconstruct", GLOBAL_RECONSTRUCT },
    { "numpy._core.multiarray", "_reconstruct", GLOBAL_RECONSTRUCT },
    { "numpy", "ndarray", GLOBAL_NDARRAY },
    { "numpy", "dtype", GLOBAL_DTYPE },
  };
  char module[MAX_TEXT + 1];
  char name[MAX_TEXT + 1];

  if (!read_line (machine, module, error) || !read_line (machine, name, error))
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (strcmp (module, known[i].module) == 0 && strcmp (name, known[i].name) == 0)
      {
        Value *value = value_new (machine, VALUE_GLOBAL);

        value->global = known[i].global;
        return push (machine, value, error);
      }

  if (strcmp (module, "_codecs") == 0)
    return fail_rewritten (machine, error);

  return fail (machine, error, "the pickle asks for the Python object “%s.%s”; "
               "only NumPy’s arrays are read, and nothing is ever run", module, name);
}

static gboolean
convert_floats (Machine      *machine,
                const guint8 *from,
                guint8       *to,
                gsize         n,
                GError      **error)
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

  return !wrong || fail (machine, error, "before this is a pixel that is not a whole number "
                         "of 256ths from 0 to 255; expected the original “mnist.pkl.gz”");
}

static gboolean
convert_ints (Machine      *machine,
              const guint8 *from,
              guint8       *to,
              gsize         n,
              GError      **error)
{
  for (gsize i = 0; i < n; i++)
    {
      guint64 number;

      memcpy (&number, from + 8 * i, sizeof (number));
      number = GUINT64_FROM_LE (number);
      if (number > G_MAXUINT8)
        return fail (machine, error, "before this is the label %" G_GINT64_FORMAT "; expected 0 to 9",
                     (gint64) number);
      to[i] = (guint8) number;
    }

  return TRUE;
}

/* Makes room for @n more bytes behind the @size there are. */
static gboolean
grow (Machine *machine,
      guint8 **bytes,
      gsize    size,
      gsize    n,
      GError **error)
{
  guint8 *grown = n <= MAX_BYTES - size ? g_try_realloc (*bytes, size + n) : NULL;

  if (grown == NULL)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
                   "There is no memory for “%s”", ds_stream_get_name (machine->stream));
      return FALSE;
    }
  *bytes = grown;

  return TRUE;
}

/* The elements of an array, as they stream by. */
static gboolean
read_elements (Machine *machine,
               Value   *data,
               gsize    n_elements,
               GError **error)
{
  const gboolean floats = data->element == ELEMENT_FLOAT;
  const gsize size = floats ? 4 : 8;
  g_autofree guint8 *chunk = NULL;
  guint8 **bytes = floats ? &machine->pixels : &machine->labels;
  gsize *n_bytes = floats ? &machine->n_pixels : &machine->n_labels;

  if (!ds_stream_check_size (machine->stream, (guint64) n_elements * size, "an array", error) ||
      !grow (machine, bytes, *n_bytes, n_elements, error))
    return FALSE;

  chunk = g_malloc (CHUNK);
  for (gsize done = 0; done < n_elements;)
    {
      gsize n = MIN (n_elements - done, CHUNK / size);

      if (!ds_stream_read (machine->stream, chunk, n * size, "an array", error))
        return FALSE;
      if (!(floats ? convert_floats (machine, chunk, *bytes + *n_bytes, n, error)
                   : convert_ints (machine, chunk, *bytes + *n_bytes, n, error)))
        return FALSE;
      *n_bytes += n;
      done += n;

      if (machine->progress != NULL &&
          !machine->progress (ds_stream_get_fraction (machine->stream), machine->user_data))
        {
          g_set_error (error, MLP_ERROR, MLP_ERROR_CANCELLED,
                       "Reading of “%s” was cancelled", ds_stream_get_name (machine->stream));
          return FALSE;
        }
    }

  return TRUE;
}

/* The string that is an array's content, whose sizes stand on the stack
 * already: ARRAY, MARK, 1, shape, dtype, False. */
static gboolean
read_data (Machine     *machine,
           const Value *shape,
           const Value *dtype,
           guint32      length,
           GError     **error)
{
  const gsize rank = dtype->element == ELEMENT_FLOAT ? 2 : 1;
  const guint size = dtype->element == ELEMENT_FLOAT ? 4 : 8;
  guint64 sizes[2] = { 1, 1 };
  Value *data;

  if (shape->n_items != rank)
    return fail (machine, error, "an array has %" G_GSIZE_FORMAT " dimensions; expected %s",
                 shape->n_items, rank == 2 ? "2: pictures and pixels" : "1: labels");

  for (gsize i = 0; i < rank; i++)
    {
      if (!is (shape, i, VALUE_INT) || shape->items[i]->number < 1)
        return fail (machine, error, "the size of an array is damaged");
      sizes[i] = (guint64) shape->items[i]->number;
    }

  /* Each size is below 2³¹. */
  if (sizes[0] * sizes[1] > G_MAXUINT32 / size || sizes[0] * sizes[1] * size != length)
    return fail (machine, error, "an array of %" G_GUINT64_FORMAT " × %" G_GUINT64_FORMAT
                 " numbers of %u bytes has %u bytes", sizes[0], sizes[1], size, length);

  data = value_new (machine, VALUE_DATA);
  data->element = dtype->element;
  data->n = (gsize) sizes[0];
  data->n_columns = (gsize) sizes[1];
  data->start = data->element == ELEMENT_FLOAT ? machine->n_pixels : machine->n_labels;

  return read_elements (machine, data, data->n * data->n_columns, error) &&
         push (machine, data, error);
}

static gboolean
read_string (Machine *machine,
             guint32  length,
             GError **error)
{
  const Value *shape = look (machine, 2, VALUE_TUPLE);
  const Value *dtype = look (machine, 1, VALUE_DTYPE);
  Value *value;

  if (look (machine, 0, VALUE_FALSE) != NULL && dtype != NULL && dtype->complete && shape != NULL &&
      look (machine, 3, VALUE_INT) != NULL && look (machine, 4, VALUE_MARK) != NULL &&
      look (machine, 5, VALUE_ARRAY) != NULL)
    return read_data (machine, shape, dtype, length, error);

  if (length > MAX_TEXT)
    return fail_unexpected (machine, error);

  value = value_new (machine, VALUE_STRING);

  return read_bytes (machine, (guint8 *) value->text, length, error) &&
         push (machine, value, error);
}

static gboolean
make_dtype (Machine     *machine,
            const Value *args,
            GError     **error)
{
  Value *value;
  gboolean is_float = is_text (args, 0, "f4");

  if (!is (args, 0, VALUE_STRING))
    return fail_unexpected (machine, error);

  if (is_text (args, 0, "u1") || is_text (args, 0, "|u1"))
    return fail (machine, error, "this is Keras’s “mnist.pkl.gz”: bytes, in two parts; expected the one "
                 "with numbers from 0 to 1 in three parts, or the IDX files");

  if (!is_float && !is_text (args, 0, "i8"))
    {
      g_autofree char *code = g_strescape (args->items[0]->text, NULL);

      return fail (machine, error, "the numbers are of the type “%s”; expected “f4” for pixels and "
                   "“i8” for labels", code);
    }

  value = value_new (machine, VALUE_DTYPE);
  value->element = is_float ? ELEMENT_FLOAT : ELEMENT_INT;

  return push (machine, value, error);
}

/* Calls a function: there are two that can be. */
static gboolean
reduce (Machine *machine,
        GError **error)
{
  const Value *args = look (machine, 0, VALUE_TUPLE);
  const Value *global = look (machine, 1, VALUE_GLOBAL);

  if (args == NULL || global == NULL)
    return fail_unexpected (machine, error);

  machine->n_stack -= 2;

  if (global->global == GLOBAL_DTYPE)
    return make_dtype (machine, args, error);

  if (global->global == GLOBAL_RECONSTRUCT && is_global (args, 0, GLOBAL_NDARRAY))
    return push (machine, value_new (machine, VALUE_ARRAY), error);

  return fail_unexpected (machine, error);
}

/* Gives an object its state. */
static gboolean
build (Machine *machine,
       GError **error)
{
  const Value *state = look (machine, 0, VALUE_TUPLE);
  Value *dtype = look (machine, 1, VALUE_DTYPE);
  Value *array = look (machine, 1, VALUE_ARRAY);

  if (state == NULL)
    return fail_unexpected (machine, error);

  machine->n_stack--;

  if (dtype != NULL)
    {
      if (is_text (state, 1, ">"))
        return fail (machine, error, "the numbers are big-endian; expected little-endian");
      if (!is_int (state, 0, 3) || !is_text (state, 1, "<"))
        return fail_unexpected (machine, error);
      dtype->complete = TRUE;
      return TRUE;
    }

  if (array != NULL && !array->complete && state->n_items == 5 && is_int (state, 0, 1) &&
      is (state, 4, VALUE_DATA))
    {
      const Value *data = state->items[4];

      array->element = data->element;
      array->start = data->start;
      array->n = data->n;
      array->n_columns = data->n_columns;
      array->complete = TRUE;
      return TRUE;
    }

  return fail_unexpected (machine, error);
}

static gboolean
memorise (Machine *machine,
          guint8   index,
          GError **error)
{
  if (machine->n_stack == 0)
    return fail_unexpected (machine, error);

  machine->memo[index] = machine->stack[machine->n_stack - 1];

  return TRUE;
}

static gboolean
recall (Machine *machine,
        guint8   index,
        GError **error)
{
  if (machine->memo[index] == NULL)
    return fail_unexpected (machine, error);

  return push (machine, machine->memo[index], error);
}

/* One instruction with its operands of fixed size in @a. */
static gboolean
execute (Machine      *machine,
         guint8        code,
         const guint8 *a,
         GError      **error)
{
  switch (code)
    {
    case 'c':       /* GLOBAL */
      return read_global (machine, error);

    case 'q':       /* BINPUT */
      return memorise (machine, a[0], error);

    case 'h':       /* BINGET */
      return recall (machine, a[0], error);

    case 'K':       /* BININT1 */
      return push_int (machine, a[0], error);

    case 'M':       /* BININT2 */
      return push_int (machine, a[0] | a[1] << 8, error);

    case 'J':       /* BININT */
      return push_int (machine, (gint32) (a[0] | a[1] << 8 | a[2] << 16 | (guint32) a[3] << 24), error);

    case 'U':       /* SHORT_BINSTRING */
      return read_string (machine, a[0], error);

    case 'T':       /* BINSTRING */
      return read_string (machine, a[0] | a[1] << 8 | a[2] << 16 | (guint32) a[3] << 24, error);

    case '(':       /* MARK */
      return push (machine, value_new (machine, VALUE_MARK), error);

    case 't':       /* TUPLE */
      return make_marked_tuple (machine, error);

    case 0x85:      /* TUPLE1 */
    case 0x86:      /* TUPLE2 */
    case 0x87:      /* TUPLE3 */
      return make_tuple (machine, code - 0x84u, error);

    case 'N':       /* NONE */
      return push (machine, value_new (machine, VALUE_NONE), error);

    case 0x89:      /* NEWFALSE */
      return push (machine, value_new (machine, VALUE_FALSE), error);

    case 'R':       /* REDUCE */
      return reduce (machine, error);

    case 'b':       /* BUILD */
      return build (machine, error);

    case 'X':       /* BINUNICODE: strings of Python 3 */
      return fail_rewritten (machine, error);

    default:
      return fail (machine, error, "the instruction %02x is none of those that “mnist.pkl.gz” consists of",
                   code);
    }
}

static gsize
count_operands (guint8 code)
{
  switch (code)
    {
    case 'q':
    case 'h':
    case 'K':
    case 'U':
      return 1;

    case 'M':
      return 2;

    case 'J':
    case 'T':
      return 4;

    default:
      return 0;
    }
}

static gboolean
run (Machine *machine,
     GError **error)
{
  guint8 proto[2];

  if (!read_bytes (machine, proto, sizeof (proto), error))
    return FALSE;
  if (proto[1] != 2)
    return fail (machine, error, "this pickle is of protocol %u: it was written anew by Python 3; "
                 "expected the original “mnist.pkl.gz” (protocol 2, Python 2)", proto[1]);

  for (gsize i = 0; i < MAX_INSTRUCTIONS; i++)
    {
      guint8 code;
      guint8 operands[4] = { 0 };

      if (!read_bytes (machine, &code, 1, error))
        return FALSE;
      if (code == '.')
        return ds_stream_finish (machine->stream, "the pickle", error);

      if (!read_bytes (machine, operands, count_operands (code), error) ||
          !execute (machine, code, operands, error))
        return FALSE;
    }

  return fail_unexpected (machine, error);
}

/* Whether @part is a pair of arrays, and the next in the file. */
static gboolean
check_part (const Value *part,
            gsize        n_columns,
            gsize        n_before)
{
  const Value *x, *y;

  if (part->kind != VALUE_TUPLE || part->n_items != 2 ||
      !is (part, 0, VALUE_ARRAY) || !is (part, 1, VALUE_ARRAY))
    return FALSE;

  x = part->items[0];
  y = part->items[1];

  return x->complete && y->complete && x->element == ELEMENT_FLOAT && y->element == ELEMENT_INT &&
         x->n == y->n && (n_columns == 0 || x->n_columns == n_columns) &&
         x->start == n_before * x->n_columns && y->start == n_before;
}

/* The value on the stack is what the file is about. */
static gboolean
take_result (Machine  *machine,
             DsPickle *pickle,
             GError  **error)
{
  const Value *all = look (machine, 0, VALUE_TUPLE);
  gsize n = 0;

  if (machine->n_stack != 1 || all == NULL)
    return fail_unexpected (machine, error);

  if (all->n_items != DS_PICKLE_N_PARTS)
    return fail (machine, error, "the file has %" G_GSIZE_FORMAT " parts; "
                 "expected three: for training, validation and test", all->n_items);

  for (gsize p = 0; p < DS_PICKLE_N_PARTS; p++)
    {
      if (!check_part (all->items[p], pickle->n_inputs, n))
        return fail (machine, error, "part %" G_GSIZE_FORMAT " of the file is not as many pictures as labels",
                     p + 1);

      pickle->n_inputs = all->items[p]->items[0]->n_columns;
      pickle->n[p] = all->items[p]->items[0]->n;
      n += pickle->n[p];
    }

  pickle->n_classes = ds_mnist_count_classes (machine->labels, pickle->n[0]);
  for (gsize i = 0; i < n; i++)
    if (machine->labels[i] >= pickle->n_classes)
      return fail (machine, error, "picture %" G_GSIZE_FORMAT " has the label %u; expected 0 to %u",
                   i + 1, machine->labels[i], pickle->n_classes - 1);

  pickle->pixels = g_steal_pointer (&machine->pixels);
  pickle->labels = g_steal_pointer (&machine->labels);

  return TRUE;
}

gboolean
ds_pickle_read (DsStream      *stream,
                DsPickle      *pickle,
                DsProgressFunc progress,
                gpointer       user_data,
                GError       **error)
{
  Machine machine = { .stream = stream, .progress = progress, .user_data = user_data };
  DsKind kind;
  gboolean good;

  g_return_val_if_fail (stream != NULL && pickle != NULL, FALSE);

  *pickle = (DsPickle) { 0 };

  kind = ds_sniff (stream);
  if (kind != DS_KIND_PICKLE)
    {
      ds_sniff_refuse (stream, kind, "“mnist.pkl.gz”, a Python pickle", error);
      return FALSE;
    }

  machine.values = g_ptr_array_new_with_free_func (g_free);
  good = run (&machine, error) && take_result (&machine, pickle, error);

  g_ptr_array_unref (machine.values);
  g_free (machine.pixels);
  g_free (machine.labels);

  return good;
}

void
ds_pickle_clear (DsPickle *pickle)
{
  g_clear_pointer (&pickle->pixels, g_free);
  g_clear_pointer (&pickle->labels, g_free);
}
