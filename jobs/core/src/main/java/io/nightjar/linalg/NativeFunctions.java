package io.nightjar.linalg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;

/** Finds the library files that this process takes native functions from. */
final class NativeFunctions {
  private static final Path MAPS = Path.of("/proc/self/maps");

  private NativeFunctions() {}

  /**
   * The file that a call of the function reaches: that of the first library that made the name
   * global in the process.
   *
   * @return empty where the system does not say; only Linux does
   */
  static Optional<Path> file(String function) throws IOException {
    Pointer address = Files.isReadable(MAPS) ? Loader.addressof(function) : null;
    if (address == null) {
      return Optional.empty();
    }
    try (Stream<String> mappings = Files.lines(MAPS)) {
      return mappings
          .filter(mapping -> holds(mapping, address.address()))
          .filter(mapping -> mapping.indexOf('/') >= 0)
          .map(mapping -> Path.of(mapping.substring(mapping.indexOf('/'))))
          .findFirst();
    }
  }

  /** A mapping starts with its first address and the one after its last: "7f00-7fff r-xp". */
  private static boolean holds(String mapping, long address) {
    int dash = mapping.indexOf('-');
    int space = mapping.indexOf(' ');
    long from = Long.parseUnsignedLong(mapping, 0, dash, 16);
    long to = Long.parseUnsignedLong(mapping, dash + 1, space, 16);
    return Long.compareUnsigned(from, address) <= 0 && Long.compareUnsigned(address, to) < 0;
  }
}
