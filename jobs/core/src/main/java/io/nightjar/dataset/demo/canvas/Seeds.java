package io.nightjar.dataset.demo.canvas;

import java.nio.charset.StandardCharsets;

/** Seeds from names, by a hash that never changes: FNV-1a with the finaliser of SplitMix64. */
public final class Seeds {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private Seeds() {}

  /** The seed that belongs to a name, from another seed. */
  public static long derive(long seed, String name) {
    long hash = FNV_OFFSET ^ mix(seed);
    for (byte part : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (part & 0xff)) * FNV_PRIME;
    }
    return mix(hash);
  }

  static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
