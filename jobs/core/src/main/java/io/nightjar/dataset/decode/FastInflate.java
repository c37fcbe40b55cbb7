package io.nightjar.dataset.decode;

import com.intel.gkl.compression.IntelInflater;
import io.nightjar.io.ProcessFolder;
import java.util.zip.Adler32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decompresses whole zlib streams (RFC 1950) with ISA-L, in less than half of zlib's time, where
 * its native library loads: on Linux and macOS, x86-64. It accepts only valid streams; all others
 * are left to {@link java.util.zip.Inflater}, which reports what is wrong.
 */
public final class FastInflate {
  private static final Logger LOG = LoggerFactory.getLogger(FastInflate.class);

  private static final int HEADER_BYTES = 2;
  private static final int CHECKSUM_BYTES = 4;
  private static final int DEFLATE = 8;
  private static final int DICTIONARY = 0x20;

  private FastInflate() {}

  /** Whether the native library could be loaded. */
  public static boolean available() {
    return Library.LOADED;
  }

  /** Whether there is a native library for this platform at all. */
  public static boolean isForThisPlatform() {
    return isFor(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  /** Whether there is one for a platform, by the names of Java's system properties. */
  static boolean isFor(String system, String architecture) {
    return (system.startsWith("Linux") || system.startsWith("Mac"))
        && (architecture.equals("amd64") || architecture.equals("x86_64"));
  }

  /** Why the native library cannot be used, as a clause; empty where it can. */
  public static String problem() {
    return Library.PROBLEM;
  }

  /**
   * Decompresses a stream of known decompressed length.
   *
   * @param stream a zlib stream, nothing before or after it
   * @param into receives the decompressed bytes from {@code from} on
   * @param length of the decompressed bytes
   * @return whether all of it was decompressed and its checksum matches; if not, that part of
   *     {@code into} is undefined
   */
  static boolean unpack(byte[] stream, byte[] into, int from, int length) {
    int packed = stream.length - HEADER_BYTES - CHECKSUM_BYTES;
    if (!available() || packed <= 0 || length <= 0 || !isPlainDeflate(stream)) {
      return false;
    }
    IntelInflater inflater = new IntelInflater(true);
    try {
      inflater.setInput(stream, HEADER_BYTES, packed);
      if (inflater.inflate(into, from, length) != length) {
        return false;
      }
    } catch (RuntimeException e) { // how it reports damaged streams
      LOG.debug("ISA-L leaves a stream to zlib", e);
      return false;
    } finally {
      inflater.end();
    }
    Adler32 checksum = new Adler32();
    checksum.update(into, from, length);
    return (int) checksum.getValue() == storedChecksum(stream);
  }

  private static boolean isPlainDeflate(byte[] stream) {
    int header = (stream[0] & 0xff) << 8 | (stream[1] & 0xff);
    return (stream[0] & 0x0f) == DEFLATE && header % 31 == 0 && (stream[1] & DICTIONARY) == 0;
  }

  private static int storedChecksum(byte[] stream) {
    int value = 0;
    for (int i = stream.length - CHECKSUM_BYTES; i < stream.length; i++) {
      value = value << 8 | (stream[i] & 0xff);
    }
    return value;
  }

  /** Initialisation-on-demand holder: the library is loaded once, when first needed. */
  private static final class Library {
    static final String PROBLEM = load();
    static final boolean LOADED = PROBLEM.isEmpty();

    private static String load() {
      // Its own test of the platform is to load the library of x86-64, and to warn of what comes.
      if (!isForThisPlatform()) {
        return "it is built for x86-64 processors";
      }
      try {
        boolean loaded = new IntelInflater().load(ProcessFolder.get().toFile());
        if (!loaded) {
          LOG.info("ISA-L has no native library for this platform: PNGs are decompressed by zlib");
        }
        return loaded ? "" : "there is no native library for this platform";
      } catch (LinkageError | RuntimeException e) {
        LOG.info("ISA-L could not be loaded ({}): PNGs are decompressed by zlib", e.toString());
        return "it could not be loaded (" + e + ")";
      }
    }
  }
}
