/* ds-pickle.c: a stack machine of 19 instructions.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mlp-error.h"
#include "datasets/mnist/ds-pickle-private.h"
#include "io/io-sniff.h"

/* Far more than the file needs: 151 in all, of 19 kinds. */
#define MAX_INSTRUCTIONS 1000

gboolean
ds_pickle_machine_fail (const DsPickleMachine *machine,
                        GError               **error,
                        const char            *format,
                        ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT, _("“%s”, byte %zu: %s"),
               io_stream_get_name (machine->stream), io_stream_get_offset (machine->stream), text);
  return FALSE;
}

gboolean
ds_pickle_machine_fail_unexpected (const DsPickleMachine *machine,
                                   GError               **error)
{
  return ds_pickle_machine_fail (machine, error,
                                 _("this is not the structure of “mnist.pkl.gz”; expected three pairs of NumPy "
                                   "arrays from Python 2"));
}

gboolean
ds_pickle_machine_fail_rewritten (const DsPickleMachine *machine,
                                  GError               **error)
{
  return ds_pickle_machine_fail (machine, error,
                                 _("this pickle was rewritten by Python 3; expected the original “mnist.pkl.gz” "
                                   "(protocol 2, Python 2)"));
}

DsValue *
ds_pickle_machine_new_value (DsPickleMachine *machine,
                             DsValueKind      kind)
{
  DsValue *value = g_new0 (DsValue, 1);

  value->kind = kind;
  g_ptr_array_add (machine->values, value);

  return value;
}

gboolean
ds_pickle_machine_push (DsPickleMachine *machine,
                        DsValue         *value,
                        GError         **error)
{
  if (machine->n_stack == DS_PICKLE_MAX_STACK)
    return ds_pickle_machine_fail_unexpected (machine, error);

  machine->stack[machine->n_stack++] = value;

  return TRUE;
}

static gboolean
push_int (DsPickleMachine *machine,
          gint64           number,
          GError         **error)
{
  DsValue *value = ds_pickle_machine_new_value (machine, VALUE_INT);

  value->number = number;

  return ds_pickle_machine_push (machine, value, error);
}

DsValue *
ds_pickle_machine_look (const DsPickleMachine *machine,
                        gsize                  depth,
                        DsValueKind            kind)
{
  DsValue *value;

  if (depth >= machine->n_stack)
    return NULL;

  value = machine->stack[machine->n_stack - 1 - depth];

  return value->kind == kind ? value : NULL;
}

static gboolean
read_bytes (DsPickleMachine *machine,
            guint8          *bytes,
            gsize            n,
            GError         **error)
{
  return io_stream_read (machine->stream, bytes, n, _("a pickle opcode"), error);
}

/* Takes the top @n values into a tuple. */
static gboolean
make_tuple (DsPickleMachine *machine,
            gsize            n,
            GError         **error)
{
  DsValue *tuple = ds_pickle_machine_new_value (machine, VALUE_TUPLE);

  if (n > machine->n_stack || n > DS_PICKLE_MAX_ITEMS)
    return ds_pickle_machine_fail_unexpected (machine, error);

  machine->n_stack -= n;
  tuple->n_items = n;
  for (gsize i = 0; i < n; i++)
    {
      tuple->items[i] = machine->stack[machine->n_stack + i];
      if (tuple->items[i]->kind == VALUE_MARK)
        return ds_pickle_machine_fail_unexpected (machine, error);
    }

  return ds_pickle_machine_push (machine, tuple, error);
}

/* Takes what is above the topmost mark, and the mark. */
static gboolean
make_marked_tuple (DsPickleMachine *machine,
                   GError         **error)
{
  gsize n = 0;
  DsValue *tuple;

  while (n < machine->n_stack && ds_pickle_machine_look (machine, n, VALUE_MARK) == NULL)
    n++;
  if (n == machine->n_stack)
    return ds_pickle_machine_fail_unexpected (machine, error);
  if (!make_tuple (machine, n, error))
    return FALSE;

  tuple = machine->stack[machine->n_stack - 1];
  machine->n_stack -= 2;

  return ds_pickle_machine_push (machine, tuple, error);
}

static gboolean
read_line (DsPickleMachine *machine,
           char             text[DS_PICKLE_MAX_TEXT + 1],
           GError         **error)
{
  gsize n = 0;
  guint8 byte;

  for (;;)
    {
      if (!read_bytes (machine, &byte, 1, error))
        return FALSE;
      if (byte == '\n')
        break;
      if (n == DS_PICKLE_MAX_TEXT || !g_ascii_isprint (byte))
        return ds_pickle_machine_fail (machine, error, _("the name of a Python object is invalid"));
      text[n++] = (char) byte;
    }
  text[n] = '\0';

  return TRUE;
}

static gboolean
read_global (DsPickleMachine *machine,
             GError         **error)
{
  char module[DS_PICKLE_MAX_TEXT + 1];
  char name[DS_PICKLE_MAX_TEXT + 1];

  return read_line (machine, module, error) && read_line (machine, name, error) &&
         ds_pickle_numpy_push_global (machine, module, name, error);
}

static gboolean
read_string (DsPickleMachine *machine,
             guint32          length,
             GError         **error)
{
  DsValue *value;

  if (ds_pickle_numpy_expects_data (machine))
    return ds_pickle_numpy_read_data (machine, length, error);

  if (length > DS_PICKLE_MAX_TEXT)
    return ds_pickle_machine_fail_unexpected (machine, error);

  value = ds_pickle_machine_new_value (machine, VALUE_STRING);

  return read_bytes (machine, (guint8 *) value->text, length, error) &&
         ds_pickle_machine_push (machine, value, error);
}

static gboolean
store_memo (DsPickleMachine *machine,
            guint8           index,
            GError         **error)
{
  if (machine->n_stack == 0)
    return ds_pickle_machine_fail_unexpected (machine, error);

  machine->memo[index] = machine->stack[machine->n_stack - 1];

  return TRUE;
}

static gboolean
load_memo (DsPickleMachine *machine,
           guint8           index,
           GError         **error)
{
  if (machine->memo[index] == NULL)
    return ds_pickle_machine_fail_unexpected (machine, error);

  return ds_pickle_machine_push (machine, machine->memo[index], error);
}

/* One instruction with its operands of fixed size in @a. */
static gboolean
execute_instruction (DsPickleMachine *machine,
                     guint8           code,
                     const guint8    *a,
                     GError         **error)
{
  switch (code)
    {
    case 'c':       /* GLOBAL */
      return read_global (machine, error);

    case 'q':       /* BINPUT */
      return store_memo (machine, a[0], error);

    case 'h':       /* BINGET */
      return load_memo (machine, a[0], error);

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
      return ds_pickle_machine_push (machine, ds_pickle_machine_new_value (machine, VALUE_MARK), error);

    case 't':       /* TUPLE */
      return make_marked_tuple (machine, error);

    case 0x85:      /* TUPLE1 */
    case 0x86:      /* TUPLE2 */
    case 0x87:      /* TUPLE3 */
      return make_tuple (machine, code - 0x84u, error);

    case 'N':       /* NONE */
      return ds_pickle_machine_push (machine, ds_pickle_machine_new_value (machine, VALUE_NONE), error);

    case 0x89:      /* NEWFALSE */
      return ds_pickle_machine_push (machine, ds_pickle_machine_new_value (machine, VALUE_FALSE), error);

    case 'R':       /* REDUCE */
      return ds_pickle_numpy_reduce (machine, error);

    case 'b':       /* BUILD */
      return ds_pickle_numpy_build (machine, error);

    case 'X':       /* BINUNICODE: strings of Python 3 */
      return ds_pickle_machine_fail_rewritten (machine, error);

    default:
      return ds_pickle_machine_fail (machine, error, _("the opcode %02x does not occur in “mnist.pkl.gz”"),
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
run_machine (DsPickleMachine *machine,
             GError         **error)
{
  guint8 proto[2];

  if (!read_bytes (machine, proto, sizeof (proto), error))
    return FALSE;
  if (proto[1] != 2)
    return ds_pickle_machine_fail (machine, error,
                                   _("this pickle has protocol %u: it was rewritten by Python 3; expected the "
                                     "original “mnist.pkl.gz” (protocol 2, Python 2)"), proto[1]);

  for (gsize i = 0; i < MAX_INSTRUCTIONS; i++)
    {
      guint8 code;
      guint8 operands[4] = { 0 };

      if (!read_bytes (machine, &code, 1, error))
        return FALSE;
      if (code == '.')
        return io_stream_finish (machine->stream, _("the pickle"), error);

      if (!read_bytes (machine, operands, count_operands (code), error) ||
          !execute_instruction (machine, code, operands, error))
        return FALSE;
    }

  return ds_pickle_machine_fail_unexpected (machine, error);
}

gboolean
ds_pickle_read (IoStream      *stream,
                DsPickle      *pickle,
                IoProgressFunc progress,
                gpointer       user_data,
                GError       **error)
{
  DsPickleMachine machine = { .stream = stream, .progress = progress, .user_data = user_data };
  IoKind kind;
  gboolean good;

  g_return_val_if_fail (stream != NULL && pickle != NULL, FALSE);

  *pickle = (DsPickle) { 0 };

  kind = io_sniff (stream);
  if (kind != IO_KIND_PICKLE)
    {
      io_sniff_refuse (stream, kind, _("“mnist.pkl.gz”, a Python pickle"), error);
      return FALSE;
    }

  machine.values = g_ptr_array_new_with_free_func (g_free);
  good = run_machine (&machine, error) && ds_pickle_numpy_take_result (&machine, pickle, error);

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
