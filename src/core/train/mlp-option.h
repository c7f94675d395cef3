/* mlp-option.h: a row of a table of options: name, kind, place, range and words.
 *
 * An option is a field of a struct of plain data. Its row is all that the command line,
 * the form, files, comparison, checking and help know of it. The training's rows are in
 * mlp-train-options.c, those of the whole recipe are joined in recipe-option.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The field's type. */
typedef enum
{
  MLP_KIND_CHOICE,   /* an enumeration that counts from 0 */
  MLP_KIND_SWITCH,   /* gboolean */
  MLP_KIND_FLOAT,
  MLP_KIND_UINT,
  MLP_KIND_SIZE,
  MLP_KIND_UINT64,
  MLP_KIND_STRING,   /* char *, NULL where there is none */
  MLP_KIND_LAYERS,   /* GArray of MlpLayer */
} MlpOptionKind;

/* How values of a number are spaced: 0.1, 0.2, 0.3 or 0.1, 1, 10. */
typedef enum
{
  MLP_SCALE_LINEAR,
  MLP_SCALE_LOG,
} MlpOptionScale;

typedef enum
{
  MLP_RANGE_OPEN_LOWER = 1 << 0,       /* above lower, not lower itself */
  MLP_RANGE_OPEN_UPPER = 1 << 1,       /* below upper */
  MLP_OPTION_NEEDS_HIDDEN = 1 << 2,    /* means something with a hidden layer only */
  MLP_OPTION_NEEDS_VALUES = 1 << 3,    /* … where values are predicted, not classes */
  MLP_OPTION_NO_ARGUMENT = 1 << 4,     /* no option of the command line by itself */
  MLP_OPTION_OMIT_DEFAULT = 1 << 5,    /* files do not mention the default */
} MlpOptionFlags;

/* Where a form has it. */
typedef enum
{
  MLP_GROUP_TRAINING,
  MLP_GROUP_REGULARIZATION,
  MLP_GROUP_INITIALIZATION,
  MLP_N_GROUPS
} MlpOptionGroup;

/* The values of an enumeration, or of a switch: off, on. */
typedef struct
{
  guint               n;
  const char         *(*get_name) (guint value);     /* in files and on the command line */
  gboolean            (*find)     (const char  *name,
                                   guint       *value,
                                   GError     **error);
  const char *const  *titles;                        /* (nullable): in a form, marked with N_ */
} MlpOptionChoices;

typedef struct
{
  guint                   id;             /* of MlpOption, or RecipeOptionId */
  const char             *name;           /* "learning-rate" */
  const char             *member;         /* in files: "learning_rate", "optimizer.momentum" */
  MlpOptionKind           kind;
  gsize                   offset;         /* of the field in its struct */
  const MlpOptionChoices *choices;        /* (nullable) */

  /* Of numbers. An upper bound of 0 is none. */
  double                  lower;
  double                  upper;
  MlpOptionScale          scale;
  double                  step;           /* of a linear scale */
  const char             *example;        /* (nullable): a number that would do */
  const char             *unit;           /* (nullable): what is counted: "epochs" */

  /* It applies where another option of the struct has one of these values: a mask of 1 << value. */
  guint                   parent;         /* id, or 0 */
  guint                   parent_values;
  guint                   flags;          /* MlpOptionFlags */

  MlpOptionGroup          group;
  const char             *title;          /* marked with N_, with the underscore of its key */
  const char             *hint;           /* (nullable): a few words below the title, marked with N_ */
  const char             *help;           /* one sentence, marked with N_ */
} MlpOptionRow;

gboolean mlp_option_is_number  (const MlpOptionRow *row);

/* The value in @data, a struct of the row's: of numbers, choices and switches.
 * A whole number above 2⁵³ is rounded. */
double   mlp_option_read       (const MlpOptionRow *row,
                                gconstpointer       data);
void     mlp_option_write      (const MlpOptionRow *row,
                                gpointer            data,
                                double              value);

/* Whether both have the same value. Two floats that are not a number are the same: what
 * did not change did not change. */
gboolean mlp_option_equal      (const MlpOptionRow *row,
                                gconstpointer       a,
                                gconstpointer       b);

/**
 * mlp_option_check:
 * @row: a row
 * @data: a struct of the row's
 * @error: return location for a #GError
 *
 * Errors: %MLP_ERROR_INVALID if the number or choice is out of its range, with the option's
 * title, the value and the range
 */
gboolean mlp_option_check      (const MlpOptionRow *row,
                                gconstpointer       data,
                                GError            **error);

/* (transfer full): the value as the command line spells it: "0.001", "adam", "on", "30:sigmoid,10:relu"; as few
 * digits of a float as give it back. "none" where there is no string or layer; "default" for the largest size,
 * which stands for that of the data */
char    *mlp_option_to_string  (const MlpOptionRow *row,
                                gconstpointer       data);

/* (transfer full): the same of @layers (of MlpLayer) */
char    *mlp_option_layers_to_string (const GArray *layers);

/* (transfer full): "Learning Rate", translated, as a message quotes it */
char    *mlp_option_dup_title  (const MlpOptionRow *row);

G_END_DECLS
