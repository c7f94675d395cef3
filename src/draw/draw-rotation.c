/* draw-rotation.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "draw/draw-rotation.h"

#define MAX_SWEEPS 50

/* Of the largest: extents, or lopsidedness, that are none */
#define NOTHING 1e-9
#define NEARLY_EVEN 1e-4

static DrawRotation
normalize_rotation (DrawRotation q)
{
  double length = sqrt (q.w * q.w + q.x * q.x + q.y * q.y + q.z * q.z);

  if (!(length > 0) || !isfinite (length))
    return (DrawRotation) DRAW_ROTATION_NONE;

  return (DrawRotation) { q.w / length, q.x / length, q.y / length, q.z / length };
}

/* First @b, then @a */
static DrawRotation
multiply_rotations (DrawRotation a,
                    DrawRotation b)
{
  return (DrawRotation) {
           a.w *b.w - a.x *b.x - a.y *b.y - a.z *b.z,
                  a.w *b.x + a.x *b.w + a.y *b.z - a.z *b.y,
                  a.w *b.y - a.x *b.z + a.y *b.w + a.z *b.x,
                  a.w *b.z + a.x *b.y - a.y *b.x + a.z *b.w,
  };
}

static void
cross_product (const double a[3],
               const double b[3],
               double       c[3])
{
  c[0] = a[1] * b[2] - a[2] * b[1];
  c[1] = a[2] * b[0] - a[0] * b[2];
  c[2] = a[0] * b[1] - a[1] * b[0];
}

static double
dot_product (const double a[3],
             const double b[3])
{
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/* Of a matrix whose rows are the axes (Shepperd, 1978) */
static DrawRotation
from_rows (double m[3][3])
{
  double trace = m[0][0] + m[1][1] + m[2][2];

  if (trace >= MAX (m[0][0], MAX (m[1][1], m[2][2])))
    return normalize_rotation ((DrawRotation) { 1 + trace, m[2][1] - m[1][2], m[0][2] - m[2][0], m[1][0] - m[0][1] });
  if (m[0][0] >= MAX (m[1][1], m[2][2]))
    return normalize_rotation ((DrawRotation) { m[2][1] - m[1][2], 1 + 2 * m[0][0] - trace, m[0][1] + m[1][0],
                                                m[0][2] + m[2][0] });
  if (m[1][1] >= m[2][2])
    return normalize_rotation ((DrawRotation) { m[0][2] - m[2][0], m[0][1] + m[1][0], 1 + 2 * m[1][1] - trace,
                                                m[1][2] + m[2][1] });

  return normalize_rotation ((DrawRotation) { m[1][0] - m[0][1], m[0][2] + m[2][0], m[1][2] + m[2][1],
                                              1 + 2 * m[2][2] - trace });
}

/* One rotation of Jacobi's, after which @a[p][q] is 0 */
static void
turn_axes (double a[3][3],
           double axes[3][3],
           guint  p,
           guint  q)
{
  double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
  double t = (theta >= 0 ? 1 : -1) / (fabs (theta) + sqrt (theta * theta + 1));
  double c = 1 / sqrt (t * t + 1);
  double s = t * c;

  for (guint k = 0; k < 3; k++)
    {
      double ap = a[k][p], aq = a[k][q];

      a[k][p] = c * ap - s * aq;
      a[k][q] = s * ap + c * aq;
    }
  for (guint k = 0; k < 3; k++)
    {
      double ap = a[p][k], aq = a[q][k];
      double vp = axes[p][k], vq = axes[q][k];

      a[p][k] = c * ap - s * aq;
      a[q][k] = s * ap + c * aq;
      axes[p][k] = c * vp - s * vq;
      axes[q][k] = s * vp + c * vq;
    }
}

/* Jacobi's method: @a becomes diagonal, the rows of @axes its eigenvectors. */
static void
find_axes (double a[3][3],
           double axes[3][3])
{
  for (guint i = 0; i < 3; i++)
    {
      for (guint k = 0; k < 3; k++)
        axes[i][k] = i == k;
    }

  for (guint sweep = 0; sweep < MAX_SWEEPS; sweep++)
    {
      for (guint p = 0; p < 2; p++)
        {
          for (guint q = p + 1; q < 3; q++)
            {
              if (fabs (a[p][q]) > 1e-15 * (fabs (a[p][p]) + fabs (a[q][q])))
                turn_axes (a, axes, p, q);
            }
        }
    }
}

static gboolean
is_place (const float *place)
{
  return isfinite (place[0]) && isfinite (place[1]) && isfinite (place[2]);
}

/* Along an axis the heavier half is to the right, or up: the same points, turned,
 * give the same picture. Where both are alike the axis' largest part is positive.
 */
static void
orient_axis (const float *xyz,
             gsize        n_points,
             const double middle[3],
             double       axis[3])
{
  double sum = 0, scale = 0, largest = 0;

  for (gsize i = 0; i < n_points; i++)
    {
      double t = 0;

      if (!is_place (xyz + 3 * i))
        continue;

      for (guint k = 0; k < 3; k++)
        t += ((double) xyz[3 * i + k] - middle[k]) * axis[k];
      sum += t * t * t;
      scale += fabs (t * t * t);
    }

  if (fabs (sum) <= NEARLY_EVEN * scale)
    {
      for (guint k = 0; k < 3; k++)
        largest = fabs (axis[k]) > fabs (largest) + NOTHING ? axis[k] : largest;
      sum = largest;
    }

  for (guint k = 0; k < 3 && sum < 0; k++)
    axis[k] = -axis[k];
}

DrawRotation
draw_rotation_from_points (const float *xyz,
                           gsize        n_points)
{
  double spread[3][3] = { { 0 } };
  double axes[3][3], rows[3][3];
  double middle[3] = { 0 };
  guint order[3] = { 0, 1, 2 };
  gsize n = 0;

  g_return_val_if_fail (xyz != NULL || n_points == 0, (DrawRotation) DRAW_ROTATION_NONE);

  for (gsize i = 0; i < n_points; i++)
    {
      if (!is_place (xyz + 3 * i))
        continue;

      n++;
      for (guint k = 0; k < 3; k++)
        middle[k] += ((double) xyz[3 * i + k] - middle[k]) / (double) n;
    }

  for (gsize i = 0; i < n_points; i++)
    {
      if (!is_place (xyz + 3 * i))
        continue;

      for (guint k = 0; k < 3; k++)
        {
          for (guint l = 0; l < 3; l++)
            spread[k][l] += ((double) xyz[3 * i + k] - middle[k]) * ((double) xyz[3 * i + l] - middle[l]);
        }
    }

  find_axes (spread, axes);
  for (guint i = 0; i < 2; i++)
    {
      for (guint k = 0; k < 2; k++)
        {
          if (spread[order[k + 1]][order[k + 1]] > spread[order[k]][order[k]] * (1 + NOTHING))
            {
              guint swap = order[k];

              order[k] = order[k + 1];
              order[k + 1] = swap;
            }
        }
    }

  for (guint i = 0; i < 2; i++)
    {
      for (guint k = 0; k < 3; k++)
        rows[i][k] = axes[order[i]][k];
      orient_axis (xyz, n_points, middle, rows[i]);
    }
  cross_product (rows[0], rows[1], rows[2]);

  return from_rows (rows);
}

DrawRotation
draw_rotation_turn (const DrawRotation *rotation,
                    double              axis_x,
                    double              axis_y,
                    double              axis_z,
                    double              angle)
{
  double length = sqrt (axis_x * axis_x + axis_y * axis_y + axis_z * axis_z);
  double s;

  g_return_val_if_fail (rotation != NULL, (DrawRotation) DRAW_ROTATION_NONE);

  if (!(length > 0))
    return *rotation;

  s = sin (angle / 2) / length;

  return normalize_rotation (multiply_rotations ((DrawRotation) { cos (angle / 2), s * axis_x, s * axis_y, s * axis_z },
                                                 *rotation));
}

/* On the ball, of radius 1, or outside on the hyperbola that meets it: there is
 * no jump where the pointer leaves the ball.
 */
static void
find_on_ball (double width,
              double height,
              double x,
              double y,
              double place[3])
{
  double radius = MIN (width, height) / 2;
  double length, squared;

  place[0] = (x - width / 2) / radius;
  place[1] = (height / 2 - y) / radius;
  squared = place[0] * place[0] + place[1] * place[1];
  place[2] = squared <= 0.5 ? sqrt (1 - squared) : 0.5 / sqrt (squared);

  length = sqrt (dot_product (place, place));
  for (guint k = 0; k < 3; k++)
    place[k] /= length;
}

DrawRotation
draw_rotation_drag (const DrawRotation *rotation,
                    double              width,
                    double              height,
                    double              from_x,
                    double              from_y,
                    double              to_x,
                    double              to_y)
{
  double from[3], to[3], axis[3];

  g_return_val_if_fail (rotation != NULL, (DrawRotation) DRAW_ROTATION_NONE);

  if (!(width > 0) || !(height > 0))
    return *rotation;

  find_on_ball (width, height, from_x, from_y, from);
  find_on_ball (width, height, to_x, to_y, to);
  cross_product (from, to, axis);

  /* The shortest way from one to the other; half a turn has none. */
  if (!(1 + dot_product (from, to) > NOTHING))
    return *rotation;

  return normalize_rotation (multiply_rotations (normalize_rotation ((DrawRotation) { 1 + dot_product (from, to), axis[0], axis[1], axis[2] }), *rotation));
}

void
draw_rotation_apply (const DrawRotation *rotation,
                     const double        from[3],
                     double              to[3])
{
  const double axis[3] = { rotation->x, rotation->y, rotation->z };
  double once[3], twice[3];

  cross_product (axis, from, once);
  cross_product (axis, once, twice);
  for (guint k = 0; k < 3; k++)
    to[k] = from[k] + 2 * (rotation->w * once[k] + twice[k]);
}
