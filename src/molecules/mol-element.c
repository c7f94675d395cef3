/* mol-element.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "molecules/mol-element.h"

static const struct
{
  const char *symbol;
  guint8      number;
} elements[MOL_N_ELEMENTS] = {
  { "H", 1 }, { "C", 6 }, { "N", 7 }, { "O", 8 }, { "F", 9 },
};

int
mol_element_from_number (guint z)
{
  for (int i = 0; i < MOL_N_ELEMENTS; i++)
    if (elements[i].number == z)
      return i;

  return -1;
}

const char *
mol_element_get_symbol (guint element)
{
  g_return_val_if_fail (element < MOL_N_ELEMENTS, NULL);

  return elements[element].symbol;
}

guint
mol_element_get_number (guint element)
{
  g_return_val_if_fail (element < MOL_N_ELEMENTS, 0);

  return elements[element].number;
}

int
mol_element_from_symbol (const char *symbol,
                         gsize       length)
{
  g_return_val_if_fail (symbol != NULL || length == 0, -1);

  for (int i = 0; i < MOL_N_ELEMENTS; i++)
    if (length == 1 && symbol[0] == elements[i].symbol[0])
      return i;

  return -1;
}
