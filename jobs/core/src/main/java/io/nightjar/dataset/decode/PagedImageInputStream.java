package io.nightjar.dataset.decode;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * Lets ImageIO read a remote file, a page at a time and only the pages it asks for: the size of an
 * image is known after its first 64 KiB, or after the page that contains it.
 */
public final class PagedImageInputStream extends ImageInputStreamImpl {
  /** Bytes that are read at once. */
  public static final int PAGE_BYTES = 64 * 1024;

  private final long length;
  private final Source source;
  private final byte[] page;
  private long pageStart = -1;

  /** Reads the file's bytes [position, position + n) into the start of the buffer. */
  public interface Source {
    /** Reads {@code n} bytes from a position. */
    void read(long position, byte[] buffer, int n) throws IOException;
  }

  /** A stream over a file of the given length in bytes. */
  public PagedImageInputStream(long length, Source source) {
    this.length = length;
    this.source = source;
    this.page = new byte[(int) Math.min(PAGE_BYTES, length)];
  }

  /** A stream over a file in memory. */
  public static PagedImageInputStream of(byte[] content) {
    return new PagedImageInputStream(
        content.length,
        (position, buffer, n) -> System.arraycopy(content, (int) position, buffer, 0, n));
  }

  @Override
  public int read() throws IOException {
    checkClosed();
    bitOffset = 0;
    if (streamPos >= length) {
      return -1;
    }
    load();
    return page[(int) (streamPos++ - pageStart)] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int wanted) throws IOException {
    checkClosed();
    bitOffset = 0;
    if (wanted == 0) {
      return 0;
    }
    if (streamPos >= length) {
      return -1;
    }
    int filled = 0;
    // Never fewer bytes than wanted but at the end of the file: ImageInputStreamImpl's readShort
    // and
    // readInt take a short read for the end.
    while (filled < wanted && streamPos < length) {
      load();
      int inPage = (int) (streamPos - pageStart);
      long left = Math.min(PAGE_BYTES, length - pageStart) - inPage;
      int n = (int) Math.min(wanted - filled, left);
      System.arraycopy(page, inPage, into, offset + filled, n);
      filled += n;
      streamPos += n;
    }
    return filled;
  }

  @Override
  public long length() {
    return length;
  }

  /** Loads the page that contains the current position. */
  private void load() throws IOException {
    long start = streamPos - streamPos % PAGE_BYTES;
    if (start != pageStart) {
      source.read(start, page, (int) Math.min(PAGE_BYTES, length - start));
      pageStart = start;
    }
  }
}
