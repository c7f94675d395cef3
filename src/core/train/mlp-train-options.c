/* mlp-train-options.c: what a run may be asked for.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "core/mlp-error.h"
#include "core/train/mlp-train-options.h"

/* At least 0 and finite, which NaN is not. */
static gboolean
check_not_negative (const char *what,
                    const char *hint,
                    float       value,
                    GError    **error)
{
  if (value >= 0.0f && isfinite (value))
    return TRUE;

  g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
               _("%s is %g; it must be 0 (off) or a positive number, such as %s"),
               what, (double) value, hint);
  return FALSE;
}

static gboolean
check_option (const MlpTrainOptions *o,
              MlpActivation          output,
              gsize                  n_validation,
              MlpOption              option,
              GError               **error)
{
  switch (option)
    {
    case MLP_OPTION_NONE:
      return TRUE;

    case MLP_OPTION_LOSS:
      return mlp_loss_check (o->loss, output, error);

    case MLP_OPTION_OPTIMIZER:
      return mlp_optimizer_options_check (&o->optimizer, error);

    case MLP_OPTION_RATE:
      if (o->rate > 0.0f && isfinite (o->rate))
        return TRUE;

      g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
                   _("The learning rate is %g; it must be a positive number, such as 0.001 for Adam or 0.1 for SGD"),
                   (double) o->rate);
      return FALSE;

    case MLP_OPTION_SCHEDULE:
      return mlp_schedule_check (&o->schedule, o->epochs, error);

    case MLP_OPTION_EPOCHS:
      if (o->epochs >= 1)
        return TRUE;

      g_set_error_literal (error, MLP_ERROR, MLP_ERROR_INVALID,
                           _("A run needs at least 1 epoch"));
      return FALSE;

    case MLP_OPTION_BATCH_SIZE:
      if (o->batch_size >= 1)
        return TRUE;

      g_set_error_literal (error, MLP_ERROR, MLP_ERROR_INVALID,
                           _("A batch needs at least 1 sample"));
      return FALSE;

    case MLP_OPTION_L1:
      return check_not_negative (_("The L1 penalty"), "0.00001", o->l1, error);

    case MLP_OPTION_L2:
      return check_not_negative (_("The L2 penalty"), "0.0001", o->l2, error);

    case MLP_OPTION_DROPOUT:
      if (o->dropout >= 0.0f && o->dropout < 1.0f)
        return TRUE;

      g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
                   _("The dropout rate is %g; it must be at least 0 (off) and less than 1, such as 0.2"),
                   (double) o->dropout);
      return FALSE;

    case MLP_OPTION_MAX_NORM:
      return check_not_negative (_("The max-norm constraint"), "3", o->max_norm, error);

    case MLP_OPTION_CLIP_NORM:
      return check_not_negative (_("The gradient norm limit"), "1", o->clip_norm, error);

    case MLP_OPTION_AUGMENT:
      if ((guint) o->augment < MLP_N_AUGMENTS)
        return TRUE;

      g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
                   _("Unknown augmentation number %d; expected 0 to %d"),
                   (int) o->augment, MLP_N_AUGMENTS - 1);
      return FALSE;

    case MLP_OPTION_PATIENCE:
      if (o->patience == 0 || n_validation > 0)
        return TRUE;

      g_set_error_literal (error, MLP_ERROR, MLP_ERROR_INVALID,
                           _("Early stopping needs a validation set; increase its size, or set the patience to 0"));
      return FALSE;

    case MLP_OPTION_THREADS:
      if (o->threads <= MLP_MAX_THREADS)
        return TRUE;

      g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
                   _("%u threads are too many; expected 1 to %d, or 0 to choose automatically"),
                   o->threads, MLP_MAX_THREADS);
      return FALSE;

    default:
      g_return_val_if_reached (FALSE);
    }
}

gboolean
mlp_train_options_check (const MlpTrainOptions *options,
                         MlpActivation          output,
                         gsize                  n_validation,
                         MlpOption             *which,
                         GError               **error)
{
  /* The schedule is looked at after the epochs, which it speaks of. */
  static const MlpOption order[] = {
    MLP_OPTION_LOSS, MLP_OPTION_OPTIMIZER, MLP_OPTION_RATE, MLP_OPTION_EPOCHS,
    MLP_OPTION_SCHEDULE, MLP_OPTION_BATCH_SIZE, MLP_OPTION_L1, MLP_OPTION_L2,
    MLP_OPTION_DROPOUT, MLP_OPTION_MAX_NORM, MLP_OPTION_CLIP_NORM,
    MLP_OPTION_AUGMENT, MLP_OPTION_PATIENCE, MLP_OPTION_THREADS,
  };

  g_return_val_if_fail (options != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    {
      if (!check_option (options, output, n_validation, order[i], error))
        {
          if (which != NULL)
            *which = order[i];

          return FALSE;
        }
    }

  if (which != NULL)
    *which = MLP_OPTION_NONE;

  return TRUE;
}
