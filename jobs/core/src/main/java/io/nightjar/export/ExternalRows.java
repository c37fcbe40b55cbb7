package io.nightjar.export;

import java.io.IOException;
import java.io.OutputStream;

/**
 * The rows of a bank in a file of their own, next to a model file that could not hold them: the
 * parts one after another, each from a multiple of 64 KiB on, so that they can be mapped.
 *
 * @param name of the file, in the folder of the model file
 * @param rows of the bank
 */
record ExternalRows(String name, BankRows rows) {
  private static final int PAGE = 1 << 16;

  /** Where a part begins. */
  long offset(int part) {
    long offset = 0;
    for (int earlier = 0; earlier < part; earlier++) {
      offset += padded(rows.bytes(rows.rows(earlier)));
    }
    return offset;
  }

  /** Length of the file. */
  long bytes() {
    int last = rows.parts() - 1;
    return offset(last) + rows.bytes(rows.rows(last));
  }

  private static long padded(long bytes) {
    return (bytes + PAGE - 1) / PAGE * PAGE;
  }

  /** Writes the file, a part at a time. */
  void write(OutputStream out) throws IOException {
    for (int part = 0; part < rows.parts(); part++) {
      byte[] bytes = rows.encoded(part);
      out.write(bytes);
      if (part < rows.parts() - 1) {
        out.write(new byte[(int) (padded(bytes.length) - bytes.length)]);
      }
    }
  }
}
