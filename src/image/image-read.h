/* image-read.h: pictures read from files and streams, decoded in a process of their own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "image/image-pixels.h"

G_BEGIN_DECLS

/**
 * image_read_init:
 * @argc: the arguments of main()
 * @argv: the same
 *
 * To be called first in main() of a program that reads pictures. They are decoded in a process
 * of its own, which is the program itself, started again; there this does the decoding and
 * does not return.
 */
void         image_read_init (int           argc,
                              char         *argv[]);

/**
 * image_read:
 * @stream: a picture: PNG, JPEG or SVG, told by its content
 * @name: what it is called, for messages
 * @cancellable: (nullable): ends the decoding at once
 * @error: return location for a #GError
 *
 * Blocks; any thread. A photograph is turned as its camera was held. A drawing
 * without a size of its own (SVG) is made as large as a photograph, so that
 * digits on it have enough pixels. The size is looked at before memory is asked for.
 *
 * It is decoded in another process, within bounds of memory and time, so that whatever
 * a file does to a decoder it does not do to this program.
 *
 * Errors: %MLP_ERROR_FORMAT if it is no picture, or a damaged one,
 * %MLP_ERROR_TOO_LARGE with more than %IMAGE_MAX_PIXELS (half as many of a PNG) or where
 * it takes too long, %MLP_ERROR_CANCELLED;
 * those of reading @stream as %MLP_ERROR_OPEN; all are sentences for people
 *
 * Returns: (transfer full) (nullable): the picture on paper, no side longer than
 *   %IMAGE_MAX_SIDE: averages of k × k pixels, with the smallest k that will do. The paper is
 *   white; black under a picture that is mostly clear and whose ink is light.
 */
ImagePixels *image_read      (GInputStream *stream,
                              const char   *name,
                              GCancellable *cancellable,
                              GError      **error);

/* The same of a file, called by its own name; of a pipe where the shell made it, "<(…)".
 * Errors: also %MLP_ERROR_OPEN, as of every other pipe, a device or a folder */
ImagePixels *image_read_file (GFile        *file,
                              GCancellable *cancellable,
                              GError      **error);

G_END_DECLS
