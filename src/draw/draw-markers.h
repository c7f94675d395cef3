/* draw-markers.h: markers and error bars shared by several plots.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "draw/draw-axes.h"
#include "draw/draw-color.h"

G_BEGIN_DECLS

/* Beside the name of what is chosen, in the current colour: an arrowhead to the
 * right, its left edge at @x. */
void draw_markers_chosen            (cairo_t          *cr,
                                     double            x,
                                     double            y,
                                     double            size);

/* A dot with an edge that sets it off. */
void draw_markers_point             (const DrawCanvas *canvas,
                                     double            x,
                                     double            y,
                                     double            radius,
                                     DrawColor         color);

/* The interval around a value, in the current colour: a line from one end to
 * the other, with a cap across each. */
void draw_markers_interval          (cairo_t          *cr,
                                     double            from_x,
                                     double            from_y,
                                     double            to_x,
                                     double            to_y,
                                     double            from_cap,
                                     double            to_cap);

/* Appends it to a description: " (0.141 to 0.146)". */
void draw_markers_describe_interval (GString          *words,
                                     double            low,
                                     double            high);

/* Lines across a rectangle, in the current colour: told apart from a filled one
 * without colour. */
void draw_markers_hatch             (cairo_t          *cr,
                                     double            x,
                                     double            y,
                                     double            width,
                                     double            height);

/* An outline that is seen on every colour, around what the pointer is at. */
void draw_markers_outline           (const DrawCanvas *canvas,
                                     const DrawArea   *area);

G_END_DECLS
