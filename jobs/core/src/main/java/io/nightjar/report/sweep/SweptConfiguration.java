package io.nightjar.report.sweep;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One configuration of a sweep.
 *
 * @param name of the configuration and of the folder of its evaluation
 * @param settings options that configurations differ in, by name, as text
 */
public record SweptConfiguration(String name, Map<String, String> settings) {
  /** The name of the plain method: every option that configurations differ in at its default. */
  public static final String PLAIN = "plain";

  /**
   * Takes an unchangeable copy.
   *
   * @param name of the configuration and of the folder of its evaluation
   * @param settings options that configurations differ in, by name, as text
   */
  public SweptConfiguration {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /**
   * Whether it is the plain method.
   *
   * @return true for one of the name {@link #PLAIN}
   */
  public boolean isPlain() {
    return name.equals(PLAIN);
  }
}
