/* faults.h: system calls that fail, or end the process, at a chosen moment.
 *
 * A test that is linked with faults.c has its own open, write, rename … in place of those
 * of the C library. Each one that changes something counts; the chosen one of them does
 * what faults_start() says.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  FAULT_NONE,       /* only counts */
  FAULT_ERROR,      /* the call fails, without doing anything */
  FAULT_STICKY,     /* it and all after it fail */
  FAULT_SHORT,      /* write() writes half; other calls do their work */
  FAULT_KILL,       /* SIGKILL before the call */
} Fault;

/* From now on the @nth call, counted from 1, has the fault; @code is the errno. */
void  faults_start (Fault fault,
                    guint nth,
                    int   code);

/* Returns: how many calls there were since faults_start() */
guint faults_stop  (void);

G_END_DECLS
