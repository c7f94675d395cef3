/* ink-components.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "ink/ink-components-private.h"

/* Ink that is at least this strong holds components together. */
#define STRONG 80

/* And this is full ink. */
#define FULL 230

/* As far as faint ink reaches, in pixels: the soft edge of a stroke. */
#define SOFT_EDGE 2

static guint32
find_root (guint32 *parents,
           guint32  label)
{
  while (parents[label] != label)
    {
      parents[label] = parents[parents[label]];
      label = parents[label];
    }

  return label;
}

/* The older of two labels that turn out to be of one component stands for both. */
static guint32
merge_labels (guint32 *parents,
              guint32  a,
              guint32  b)
{
  a = find_root (parents, a);
  b = find_root (parents, b);
  parents[MAX (a, b)] = MIN (a, b);

  return MIN (a, b);
}

/* Two passes (Rosenfeld and Pfaltz, 1966); this is the first: labels from 1, of
 * which several may be of one component. */
static GArray *
label_rows (InkComponents *components,
            const guint8  *ink,
            gsize          stride)
{
  GArray *parents = g_array_new (FALSE, FALSE, sizeof (guint32));
  const guint32 none = 0;
  const gsize width = components->width;

  g_array_append_val (parents, none);
  for (gsize y = 0; y < components->height; y++)
    for (gsize x = 0; x < width; x++)
      {
        guint32 *label = components->labels + y * width + x;
        guint32 near[4] = { 0 };

        if (ink[y * stride + x] < STRONG)
          continue;

        if (x > 0)
          near[0] = label[-1];
        if (y > 0)
          {
            const guint32 *above = label - width;

            near[1] = x > 0 ? above[-1] : 0;
            near[2] = above[0];
            near[3] = x + 1 < width ? above[1] : 0;
          }

        for (gsize i = 0; i < G_N_ELEMENTS (near); i++)
          {
            if (near[i] > 0)
              *label = *label > 0 ? merge_labels ((guint32 *) (gpointer) parents->data, *label, near[i]) : near[i];
          }
        if (*label == 0)
          {
            *label = parents->len;
            g_array_append_val (parents, *label);
          }
      }

  return parents;
}

static int
compare_sizes (gconstpointer a,
               gconstpointer b)
{
  const gsize *first = *(const gsize *const *) a;
  const gsize *second = *(const gsize *const *) b;

  if (*first != *second)
    return *first > *second ? -1 : 1;

  return first < second ? -1 : first > second;
}

/* numbers[root]: 1 + the component, in the order of the roots; 0: not one of the @max
 * largest. Returns how many components there are. */
static guint
number_components (const gsize *sizes,
                   gsize        n_labels,
                   guint        max,
                   guint32     *numbers)
{
  g_autoptr(GPtrArray) order = g_ptr_array_new ();
  guint n = 0;

  for (gsize label = 1; label < n_labels; label++)
    if (sizes[label] > 0)
      g_ptr_array_add (order, (gpointer) (sizes + label));

  if (order->len > max)
    qsort (order->pdata, order->len, sizeof (gpointer), compare_sizes);
  for (guint i = 0; i < MIN (order->len, max); i++)
    numbers[(const gsize *) g_ptr_array_index (order, i) - sizes] = 1;
  for (gsize label = 1; label < n_labels; label++)
    if (numbers[label] > 0)
      numbers[label] = ++n;

  return n;
}

static void
include_pixel (InkComponents *components,
               guint          component,
               gsize          x,
               gsize          y)
{
  InkBox *box = components->boxes + component;

  if (components->masses[component]++ == 0)
    {
      *box = (InkBox) { x, y, 1, 1 };
      return;
    }

  if (x < box->x)
    {
      box->width += box->x - x;
      box->x = x;
    }
  box->width = MAX (box->width, x + 1 - box->x);
  box->height = y + 1 - box->y;
}

static void
swap_rows (guint32 **a,
           guint32 **b)
{
  guint32 *kept = *a;

  *a = *b;
  *b = kept;
}

/* Gives faint ink to a component beside, above or below it, @SOFT_EDGE pixels far. */
static void
add_soft_edges (InkComponents *components,
                const guint8  *ink,
                gsize          stride)
{
  const gsize width = components->width;
  const gsize height = components->height;
  g_autofree guint32 *old = g_new (guint32, 2 * width);

  for (gsize turn = 0; turn < SOFT_EDGE; turn++)
    {
      guint32 *above = old;
      guint32 *own = old + width;

      /* What was there before this turn, of the row and of the one above. */
      memset (above, 0, width * sizeof (guint32));
      for (gsize y = 0; y < height; y++)
        {
          guint32 *row = components->labels + y * width;

          memcpy (own, row, width * sizeof (guint32));
          for (gsize x = 0; x < width; x++)
            {
              if (row[x] > 0 || ink[y * stride + x] == 0)
                continue;

              if (x > 0 && own[x - 1] > 0)
                row[x] = own[x - 1];
              else if (x + 1 < width && own[x + 1] > 0)
                row[x] = own[x + 1];
              else if (above[x] > 0)
                row[x] = above[x];
              else if (y + 1 < height && row[width + x] > 0)
                row[x] = row[width + x];
            }

          swap_rows (&above, &own);
        }
    }
}

/* Boxes with the faint ink. */
static void
measure_components (InkComponents *components,
                    const guint8  *ink,
                    gsize          stride)
{
  for (gsize y = 0; y < components->height; y++)
    for (gsize x = 0; x < components->width; x++)
      {
        guint32 label = components->labels[y * components->width + x];

        if (label == 0)
          continue;
        include_pixel (components, label - 1, x, y);
        if (ink[y * stride + x] >= FULL)
          components->full[label - 1]++;
      }
}

void
ink_components_init (InkComponents *components,
                     const guint8  *ink,
                     gsize          width,
                     gsize          height,
                     gsize          stride,
                     guint          max)
{
  const gsize n_pixels = width * height;
  g_autoptr(GArray) parents = NULL;
  g_autofree gsize *sizes = NULL;
  g_autofree guint32 *numbers = NULL;
  guint32 *roots;

  *components = (InkComponents) { .width = width, .height = height };
  components->labels = g_new0 (guint32, n_pixels);
  parents = label_rows (components, ink, stride);
  roots = (guint32 *) (gpointer) parents->data;

  sizes = g_new0 (gsize, parents->len);
  numbers = g_new0 (guint32, parents->len);
  for (gsize i = 0; i < n_pixels; i++)
    if (components->labels[i] > 0)
      sizes[find_root (roots, components->labels[i])]++;

  components->n = number_components (sizes, parents->len, max, numbers);
  for (gsize i = 0; i < n_pixels; i++)
    if (components->labels[i] > 0)
      components->labels[i] = numbers[find_root (roots, components->labels[i])];

  components->boxes = g_new0 (InkBox, components->n);
  components->masses = g_new0 (gsize, components->n);
  components->full = g_new0 (gsize, components->n);
  add_soft_edges (components, ink, stride);
  measure_components (components, ink, stride);
}

void
ink_components_clear (InkComponents *components)
{
  g_clear_pointer (&components->labels, g_free);
  g_clear_pointer (&components->boxes, g_free);
  g_clear_pointer (&components->masses, g_free);
  g_clear_pointer (&components->full, g_free);
  components->n = 0;
}
