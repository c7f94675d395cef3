/* draw-rotation.h: rotation of a three-dimensional view.
 *
 * The viewer looks along −z: x is to the right, y up, z towards him.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A quaternion of length 1 */
typedef struct
{
  double w;
  double x;
  double y;
  double z;
} DrawRotation;

#define DRAW_ROTATION_NONE { 1, 0, 0, 0 }

/* The one that lays the longest extent of @n_points along x, and the next along
 * y (principal axes), so that most of them is seen. @xyz: 3 × @n_points; those
 * that are no numbers are left out. */
DrawRotation draw_rotation_from_points (const float        *xyz,
                                        gsize               n_points);

/* After @rotation, once more by @angle (radians) around an axis of the viewer's,
 * which need not be of length 1: arrow keys. */
DrawRotation draw_rotation_turn        (const DrawRotation *rotation,
                                        double              axis_x,
                                        double              axis_y,
                                        double              axis_z,
                                        double              angle);

/* After @rotation, as a ball in the middle of a picture turns when the pointer
 * drags what is under it (Shoemake, Graphics Interface 1992, with Bell's
 * hyperbola around the ball). */
DrawRotation draw_rotation_drag        (const DrawRotation *rotation,
                                        double              width,
                                        double              height,
                                        double              from_x,
                                        double              from_y,
                                        double              to_x,
                                        double              to_y);

/* Where a place is then */
void         draw_rotation_apply       (const DrawRotation *rotation,
                                        const double        from[3],
                                        double              to[3]);

G_END_DECLS
