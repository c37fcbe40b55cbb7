package io.nightjar.job.run;

import io.nightjar.text.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** What this build consists of. */
public final class BuildInfo {
  private static final String RESOURCE = "/io/nightjar/build.properties";
  private static final Properties PROPERTIES = load();

  private BuildInfo() {}

  /** Nightjar's version. */
  public static String version() {
    return PROPERTIES.getProperty("nightjar.version");
  }

  /** The git commit it was built from; "unknown" where it was not built from a checkout. */
  public static String commit() {
    return PROPERTIES.getProperty("nightjar.commit");
  }

  /** The Scala that it was built for, such as 2.13. */
  public static String scala() {
    return PROPERTIES.getProperty("built.scala");
  }

  /** The feature release of the newest Java that the Spark it was built for supports. */
  public static int newestJava() {
    return Integer.parseInt(PROPERTIES.getProperty("built.java.newest"));
  }

  /** The library of Delta Lake for the Spark that it was built for, as spark-submit names one. */
  public static String deltaPackage() {
    return PROPERTIES.getProperty("built.delta");
  }

  /** The program and its version, for what it leaves behind. */
  public static String creator() {
    return Text.format("nightjar %s (%s)", version(), commit());
  }

  /** The versions of everything that a run depends on, for its manifest. */
  public static Map<String, Object> versions() {
    Map<String, Object> versions = new LinkedHashMap<>();
    versions.put("nightjar", version());
    versions.put("nightjar_commit", commit());
    versions.putAll(libraries());
    versions.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
    versions.put(
        "os",
        Text.format(
            "%s %s %s",
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("os.arch").toLowerCase(Locale.ROOT)));
    return versions;
  }

  /** The versions of the libraries that figures can depend on. */
  private static Map<String, String> libraries() {
    Map<String, String> libraries = new TreeMap<>();
    for (String name : PROPERTIES.stringPropertyNames()) {
      if (name.startsWith("library.")) {
        libraries.put(name.substring("library.".length()), PROPERTIES.getProperty(name));
      }
    }
    return libraries;
  }

  private static Properties load() {
    Properties properties = new Properties();
    try (InputStream in = BuildInfo.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("The jar lacks " + RESOURCE + "; build it with Maven.");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("The jar's " + RESOURCE + " cannot be read", e);
    }
    return properties;
  }
}
