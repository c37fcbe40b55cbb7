package io.nightjar.cli.status;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/** Passes on what is written to the console, and keeps the last sentence of the program itself. */
public final class LastSentence extends FilterWriter {
  private static final String OWN = "nightjar: ";

  private final StringBuilder line = new StringBuilder();
  private String last = "";

  /** Writes to another writer. */
  public LastSentence(Writer out) {
    super(out);
  }

  /** The last line that begins with the program's name, without it; empty where there was none. */
  public String get() {
    synchronized (lock) {
      return last;
    }
  }

  @Override
  public void write(int c) throws IOException {
    synchronized (lock) {
      out.write(c);
      keep((char) c);
    }
  }

  @Override
  public void write(char[] text, int offset, int length) throws IOException {
    synchronized (lock) {
      out.write(text, offset, length);
      for (int i = 0; i < length; i++) {
        keep(text[offset + i]);
      }
    }
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    write(text.toCharArray(), offset, length);
  }

  private void keep(char c) {
    if (c != '\n' && c != '\r') {
      line.append(c);
      return;
    }
    if (line.indexOf(OWN) == 0) {
      last = line.substring(OWN.length());
    }
    line.setLength(0);
  }
}
