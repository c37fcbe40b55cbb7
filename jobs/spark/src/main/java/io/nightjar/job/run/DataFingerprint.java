package io.nightjar.job.run;

import io.nightjar.io.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * SHA-256 over the names and contents of every file that a run read: two runs with one fingerprint
 * saw the same data, wherever it lay.
 */
final class DataFingerprint {
  private DataFingerprint() {}

  /**
   * By category, and "all" over them.
   *
   * @param hashes the SHA-256 of every file by its path, by category
   */
  static Map<String, String> of(Map<String, Map<String, String>> hashes) {
    Map<String, String> byCategory = new TreeMap<>();
    hashes.forEach((category, files) -> byCategory.put(category, digest(files)));
    Map<String, String> fingerprint = new LinkedHashMap<>();
    fingerprint.put("all", digest(byCategory));
    fingerprint.putAll(byCategory);
    return fingerprint;
  }

  private static String digest(Map<String, String> hashes) {
    StringBuilder lines = new StringBuilder();
    new TreeMap<>(hashes)
        .forEach((path, hash) -> lines.append(hash).append("  ").append(path).append('\n'));
    return Sha256.of(lines.toString().getBytes(StandardCharsets.UTF_8));
  }
}
