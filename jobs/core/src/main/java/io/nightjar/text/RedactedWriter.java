package io.nightjar.text;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/** Passes on what is written, addresses without user, password and query, as they may be shown. */
public final class RedactedWriter extends FilterWriter {

  /** Writes to another writer; an address must be in one text, not spread over several. */
  public RedactedWriter(Writer out) {
    super(out);
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    out.write(Addresses.redacted(text.substring(offset, offset + length)));
  }

  @Override
  public void write(char[] text, int offset, int length) throws IOException {
    out.write(Addresses.redacted(new String(text, offset, length)));
  }
}
