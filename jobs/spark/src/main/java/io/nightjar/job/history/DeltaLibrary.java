package io.nightjar.job.history;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.LinkedHashMap;
import java.util.Map;

/** The library of Delta Lake, which is no part of Nightjar: Spark or its user brings it. */
public final class DeltaLibrary {
  /** What to add for the Spark and Scala that this program is built for. */
  static final String PACKAGE = "io.delta:delta-spark_2.12:3.3.2";

  private static final String API = "io.delta.tables.DeltaTable";
  private static final String EXTENSION = "io.delta.sql.DeltaSparkSessionExtension";
  private static final String CATALOG = "org.apache.spark.sql.delta.catalog.DeltaCatalog";

  private DeltaLibrary() {}

  /**
   * Refuses to go on without the library.
   *
   * @throws InvalidInputException if it is not on the class path, with what to add
   */
  public static void require() {
    if (!has(API)) {
      throw new InvalidInputException(
          Text.format(
              "--format delta needs the library of Delta Lake, which is not on the class path. Start"
                  + " with spark-submit --packages %s, or leave out --format delta.",
              PACKAGE));
    }
  }

  /** What a session must be started with to know Delta tables; none without the library. */
  public static Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    if (has(EXTENSION) && has(CATALOG)) {
      properties.put("spark.sql.extensions", EXTENSION);
      properties.put("spark.sql.catalog.spark_catalog", CATALOG);
    }
    return properties;
  }

  private static boolean has(String name) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try {
      Class.forName(name, false, loader == null ? DeltaLibrary.class.getClassLoader() : loader);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
