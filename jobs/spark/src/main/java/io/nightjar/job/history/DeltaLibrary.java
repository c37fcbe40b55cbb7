package io.nightjar.job.history;

import io.nightjar.error.InvalidInputException;
import io.nightjar.job.run.BuildInfo;
import io.nightjar.text.Text;
import java.text.DecimalFormatSymbols;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The library of Delta Lake, which is no part of Nightjar: Spark or its user brings it. */
public final class DeltaLibrary {
  private static final String API = "io.delta.tables.DeltaTable";
  private static final String EXTENSION = "io.delta.sql.DeltaSparkSessionExtension";
  private static final String CATALOG = "org.apache.spark.sql.delta.catalog.DeltaCatalog";

  private DeltaLibrary() {}

  /**
   * Refuses to go on without the library, or where it would write a log that it cannot read: Delta
   * Lake 3.3.2 names the files of a table's log with the digits of the JVM's language, looks for 0
   * to 9, and repeats a commit that came second without end.
   *
   * @throws InvalidInputException if it is not on the class path, with what to add, or if the JVM's
   *     language has other digits
   */
  public static void require() {
    if (!has(API)) {
      throw new InvalidInputException(
          Text.format(
              "--format delta needs the library of Delta Lake, which is not on the class path. Start"
                  + " with spark-submit --packages %s, or leave out --format delta.",
              BuildInfo.deltaPackage()));
    }
    Locale language = Locale.getDefault(Locale.Category.FORMAT);
    if (DecimalFormatSymbols.getInstance(language).getZeroDigit() != '0') {
      throw new InvalidInputException(
          Text.format(
              "--format delta cannot be used in the language of this process (%s): Delta Lake names"
                  + " its files with the digits of the language, and then does not find them. Start"
                  + " Java with -Duser.language=en, or leave out --format delta.",
              language.toLanguageTag()));
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
