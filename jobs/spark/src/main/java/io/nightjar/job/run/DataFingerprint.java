package io.nightjar.job.run;

import io.nightjar.io.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * SHA-256 over the names and contents of every file that a run read: two runs with one fingerprint
 * saw the same data, wherever it lay.
 *
 * @param total over the fingerprints of all categories
 * @param byCategory by the categories' names
 */
record DataFingerprint(String total, Map<String, String> byCategory) {

  /**
   * Of the files of a run.
   *
   * @param hashes the SHA-256 of every file by its path, by category
   */
  static DataFingerprint of(Map<String, Map<String, String>> hashes) {
    Map<String, String> byCategory = new TreeMap<>();
    hashes.forEach((category, files) -> byCategory.put(category, digest(files)));
    return new DataFingerprint(digest(byCategory), byCategory);
  }

  /**
   * As {@code run.json} has it. The total is among the categories as well, where earlier programs
   * look for it, unless one of them has the same name.
   *
   * @param root where the data was
   */
  Map<String, Object> describe(String root) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("all", total);
    all.putAll(byCategory);
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("root", root);
    data.put("sha256", total);
    data.put("sha256_by_category", all);
    return data;
  }

  private static String digest(Map<String, String> hashes) {
    StringBuilder lines = new StringBuilder();
    new TreeMap<>(hashes)
        .forEach((path, hash) -> lines.append(hash).append("  ").append(path).append('\n'));
    return Sha256.of(lines.toString().getBytes(StandardCharsets.UTF_8));
  }
}
