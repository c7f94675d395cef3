/* draw-axis.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "draw/draw-axis.h"
#include "draw/draw-number.h"

#define NO_BREAK_SPACE "\302\240"

/* So many at most, when an axis is moved out to the next one */
#define WIDEN_TICKS 6

static gboolean
axis_is_usable (const DrawAxis *axis)
{
  return isfinite (axis->min) && isfinite (axis->max) &&
         (!axis->log || (axis->min > 0 && axis->max > 0));
}

static int
get_power (double value)
{
  return (int) floor (log10 (value) + 1e-9);
}

char *
draw_axis_format (const DrawAxis *axis,
                  double          value,
                  double          step)
{
  double largest = MAX (fabs (axis->min), fabs (axis->max));

  if (!isfinite (value))
    return draw_number_format (value, 1);

  if (axis->names != NULL)
    {
      double name = round (value);

      return g_strdup (name >= 0 && name < axis->n_names ? axis->names[(guint) name] : "");
    }

  if (axis->percent)
    {
      int decimals = step > 0 ? MAX (0, -get_power (step * 100)) : 0;
      g_autofree char *number = draw_number_format_fixed (value * 100, MIN (decimals, 12));

      return g_strconcat (number, NO_BREAK_SPACE "%", NULL);
    }

  if (axis->log && value > 0 && !(step > 0))
    {
      int power = get_power (value);

      /* 2 and 5 times a power have one digit as well. */
      if (power < -3 || power > 4)
        return draw_number_format_power (value, 0);

      return draw_number_format_fixed (value, MAX (0, -power));
    }

  if (!(step > 0))
    return draw_number_format (value, 3);

  if (largest >= 1e7 || step < 0.99e-5)
    {
      if (fabs (value) < 0.5 * step)
        return g_strdup ("0");

      return draw_number_format_power (value, MAX (0, get_power (fabs (value)) - get_power (step)));
    }

  return draw_number_format_fixed (value, MAX (0, -get_power (step)));
}

/* i · m · 10^power as near as a double comes */
static double
multiply_by_power (double i,
                   double m,
                   int    power)
{
  return power < 0 ? i * m / pow (10, -power) : i *m *pow (10,
                                                           power);
}

static void
append_even_ticks (GArray  *ticks,
                   double   low,
                   double   high,
                   gboolean integer,
                   guint    n_max)
{
  static const double mantissas[] = { 1, 2, 5 };
  int power;

  if (!(high > low))
    {
      g_array_append_val (ticks, low);
      return;
    }

  power = (int) floor (log10 ((high - low) / n_max)) - 1;
  if (integer)
    power = MAX (power, 0);

  for (;; power++)
    {
      for (guint m = 0; m < G_N_ELEMENTS (mantissas); m++)
        {
          double step = multiply_by_power (1, mantissas[m], power);
          double first = ceil (low / step - 1e-9);
          double last = floor (high / step + 1e-9);

          if (last - first + 1 > n_max)
            continue;

          for (double i = first; i <= last; i++)
            {
              double tick = i == 0 ? 0 : multiply_by_power (i, mantissas[m], power);

              g_array_append_val (ticks, tick);
            }
          return;
        }
    }
}

static void
append_log_ticks (GArray *ticks,
                  double  low,
                  double  high,
                  guint   n_max)
{
  static const double mantissas[] = { 1, 2, 5 };
  int first = (int) ceil (log10 (low) - 1e-9);
  int last = (int) floor (log10 (high) + 1e-9);
  int stride = MAX (1, (int) ceil ((last - first + 1) / (double) n_max));

  /* Less than two powers of ten: 1, 2 and 5 times a power, if they are few */
  if (last - first < 2)
    {
      for (int power = first - 1; power <= last; power++)
        {
          for (guint m = 0; m < G_N_ELEMENTS (mantissas); m++)
            {
              double tick = multiply_by_power (1, mantissas[m], power);

              if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9))
                g_array_append_val (ticks, tick);
            }
        }

      if (ticks->len >= 2 && ticks->len <= n_max)
        return;

      g_array_set_size (ticks, 0);
      if (last <= first)
        {
          append_even_ticks (ticks, low, high, FALSE, n_max);
          return;
        }
    }

  for (int power = first; power <= last; power++)
    {
      if (((power % stride) + stride) % stride == 0)
        {
          double tick = multiply_by_power (1, 1, power);

          g_array_append_val (ticks, tick);
        }
    }
}

double *
draw_axis_make_ticks (const DrawAxis *axis,
                      guint           n_max,
                      guint          *n_ticks)
{
  GArray *ticks;
  double low, high;

  g_return_val_if_fail (axis != NULL, NULL);
  g_return_val_if_fail (n_ticks != NULL, NULL);

  *n_ticks = 0;
  ticks = g_array_new (FALSE, FALSE, sizeof (double));
  low = MIN (axis->min, axis->max);
  high = MAX (axis->min, axis->max);

  if (n_max > 0 && axis_is_usable (axis))
    {
      if (axis->log)
        append_log_ticks (ticks, low, high, n_max);
      else
        append_even_ticks (ticks, low, high, axis->integer, n_max);
    }

  *n_ticks = ticks->len;

  return (double *) (void *) g_array_free (ticks, FALSE);
}

void
draw_axis_widen (DrawAxis *axis)
{
  g_autofree double *ticks = NULL;
  guint n_ticks;
  double step;

  g_return_if_fail (axis != NULL && !axis->log);

  ticks = draw_axis_make_ticks (axis, WIDEN_TICKS, &n_ticks);
  if (n_ticks < 2)
    return;

  step = ticks[1] - ticks[0];
  axis->min = step * floor (axis->min / step + 1e-9);
  axis->max = step * ceil (axis->max / step - 1e-9);
}

double
draw_axis_to_unit (const DrawAxis *axis,
                   double          value)
{
  double from = axis->log ? log10 (axis->min) : axis->min;
  double to = axis->log ? log10 (axis->max) : axis->max;

  if (axis->log)
    value = log10 (value);

  return from == to ? 0.5 : (value - from) / (to - from);
}

double
draw_axis_from_unit (const DrawAxis *axis,
                     double          unit)
{
  if (axis->log)
    return axis->min * pow (axis->max / axis->min, unit);

  return axis->min + unit * (axis->max - axis->min);
}
