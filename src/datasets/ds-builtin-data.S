/* ds-builtin-data.S: the files of data/samples, as they are.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

        .section .rodata

        .macro file name, path
        .balign 16
        .globl \name
        .globl \name\()_end
\name:
        .incbin "\path"
\name\()_end:
        .byte 0
        .endm

        file ds_builtin_train_images, "train-images-idx3-ubyte.gz"
        file ds_builtin_train_labels, "train-labels-idx1-ubyte.gz"
        file ds_builtin_test_images, "t10k-images-idx3-ubyte.gz"
        file ds_builtin_test_labels, "t10k-labels-idx1-ubyte.gz"
        file ds_builtin_molecules, "molecules-xtb.xyz.tar.xz"
        file ds_builtin_uncharacterized, "qm9-uncharacterized.txt"

        .section .note.GNU-stack, "", %progbits
