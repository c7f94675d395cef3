/* molecules.h: a few molecules for tests, from textbook lengths and angles.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

/* H2C=O: 1.21 Å and 1.11 Å */
static const guint8 FORMALDEHYDE_Z[] = { 6, 8, 1, 1 };
static const float FORMALDEHYDE[] = { 0, 0, 0, 1.21f, 0, 0, -0.58f, 0.95f, 0, -0.58f, -0.95f, 0 };

static const guint8 WATER_Z[] = { 8, 1, 1 };
static const float WATER[] = { 0, 0, 0, 0.757f, 0.586f, 0, -0.757f, 0.586f, 0 };

static const guint8 HYDROGEN_CYANIDE_Z[] = { 1, 6, 7 };
static const float HYDROGEN_CYANIDE[] = { -1.06f, 0, 0, 0, 0, 0, 1.16f, 0, 0 };

static const guint8 CARBON_DIOXIDE_Z[] = { 8, 6, 8 };
static const float CARBON_DIOXIDE[] = { -1.16f, 0, 0, 0, 0, 0, 1.16f, 0, 0 };

/* A regular hexagon of 1.39 Å with hydrogen at 1.09 Å: C 0 … 5, then H */
static const guint8 BENZENE_Z[] = { 6, 6, 6, 6, 6, 6, 1, 1, 1, 1, 1, 1 };
static const float BENZENE[] = {
  1.39f, 0, 0, 0.695f, 1.20378f, 0, -0.695f, 1.20378f, 0, -1.39f, 0, 0, -0.695f, -1.20378f, 0, 0.695f, -1.20378f, 0,
  2.48f, 0, 0, 1.24f, 2.14774f, 0, -1.24f, 2.14774f, 0, -2.48f, 0, 0, -1.24f, -2.14774f, 0, 1.24f, -2.14774f, 0,
};

/* Its nitro group has no structure without charges. */
static const guint8 NITROMETHANE_Z[] = { 6, 7, 8, 8, 1, 1, 1 };
static const float NITROMETHANE[] = {
  0, 0, 0, 1.49f, 0, 0, 2.05f, 1.09f, 0, 2.05f, -1.09f, 0, -0.36f, 1.03f, 0, -0.36f, -0.51f, 0.89f, -0.36f, -0.51f, -0.89f,
};
