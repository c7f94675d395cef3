/* ds-pickle-private.h: the pickle machine, shared by its opcodes and the NumPy objects.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "datasets/mnist/ds-pickle.h"
#include "io/io-progress.h"

G_BEGIN_DECLS

#define DS_PICKLE_MAX_STACK 64
#define DS_PICKLE_MAX_ITEMS 8     /* of a tuple */
#define DS_PICKLE_MAX_TEXT  63    /* of a string, of a name */

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
} DsValueKind;

typedef enum
{
  GLOBAL_RECONSTRUCT,
  GLOBAL_NDARRAY,
  GLOBAL_DTYPE,
} DsGlobal;

typedef enum
{
  ELEMENT_FLOAT,
  ELEMENT_INT,
} DsElement;

typedef struct _DsValue DsValue;

struct _DsValue
{
  DsValueKind kind;
  gint64      number;                         /* VALUE_INT */
  DsGlobal    global;                         /* VALUE_GLOBAL */
  char        text[DS_PICKLE_MAX_TEXT + 1];   /* VALUE_STRING */

  DsValue    *items[DS_PICKLE_MAX_ITEMS];     /* VALUE_TUPLE */
  gsize       n_items;

  /* VALUE_DTYPE, VALUE_DATA, VALUE_ARRAY */
  DsElement   element;
  gboolean    complete;                       /* its BUILD has come */
  gsize       start;                          /* in the pixels or the labels */
  gsize       n;                              /* items */
  gsize       n_columns;                      /* 1 for labels */
};

typedef struct
{
  IoStream       *stream;
  IoProgressFunc  progress;
  gpointer        user_data;

  GPtrArray      *values;                     /* every one there is; owns them */
  DsValue        *stack[DS_PICKLE_MAX_STACK];
  gsize           n_stack;
  DsValue        *memo[256];

  guint8         *pixels;
  gsize           n_pixels;
  guint8         *labels;
  gsize           n_labels;
} DsPickleMachine;

/* Each sets %MLP_ERROR_FORMAT, with the file and the place, and returns FALSE. */
gboolean ds_pickle_machine_fail            (const DsPickleMachine *machine,
                                            GError               **error,
                                            const char            *format,
                                            ...) G_GNUC_PRINTF (3, 4);
gboolean ds_pickle_machine_fail_unexpected (const DsPickleMachine *machine,
                                            GError               **error);
gboolean ds_pickle_machine_fail_rewritten  (const DsPickleMachine *machine,
                                            GError               **error);

/* (transfer none): the machine owns its values. */
DsValue *ds_pickle_machine_new_value       (DsPickleMachine       *machine,
                                            DsValueKind            kind);
gboolean ds_pickle_machine_push            (DsPickleMachine       *machine,
                                            DsValue               *value,
                                            GError               **error);

/* (nullable): the value @depth below the top, if it is of @kind. */
DsValue *ds_pickle_machine_look            (const DsPickleMachine *machine,
                                            gsize                  depth,
                                            DsValueKind            kind);

/* GLOBAL: pushes what has such a name in Python, if that is known here. */
gboolean ds_pickle_numpy_push_global       (DsPickleMachine       *machine,
                                            const char            *module,
                                            const char            *name,
                                            GError               **error);

/* REDUCE: calls the function below the top with the tuple on the top. */
gboolean ds_pickle_numpy_reduce            (DsPickleMachine       *machine,
                                            GError               **error);

/* BUILD: gives the object below the top the state on the top. */
gboolean ds_pickle_numpy_build             (DsPickleMachine       *machine,
                                            GError               **error);

/* Whether the string that follows is an array's content, whose sizes stand on
 * the stack already: ARRAY, MARK, 1, shape, dtype, False. */
gboolean ds_pickle_numpy_expects_data      (const DsPickleMachine *machine);

/* Reads and converts that content. */
gboolean ds_pickle_numpy_read_data         (DsPickleMachine       *machine,
                                            guint32                length,
                                            GError               **error);

/* Takes three pairs of arrays off the stack. */
gboolean ds_pickle_numpy_take_result       (DsPickleMachine       *machine,
                                            DsPickle              *pickle,
                                            GError               **error);

G_END_DECLS
