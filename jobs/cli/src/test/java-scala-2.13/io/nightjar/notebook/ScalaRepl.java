package io.nightjar.notebook;

import io.nightjar.testing.Sparks;
import io.nightjar.text.Text;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import scala.Console;
import scala.tools.nsc.Settings;
import scala.tools.nsc.interpreter.IMain;
import scala.tools.nsc.interpreter.Results;
import scala.tools.nsc.interpreter.shell.ReplReporterImpl;

/**
 * Scala's interpreter, set up as spark-shell sets it up, on a local Spark, given one piece of Scala
 * after another.
 */
final class ScalaRepl implements AutoCloseable {
  /** What spark-shell defines before its first prompt. */
  private static final List<String> DEFINITIONS =
      List.of(
          "@transient val spark = org.apache.spark.sql.SparkSession.getDefaultSession.get",
          "@transient val sc = spark.sparkContext",
          "import spark.implicits._",
          "import spark.sql",
          "import org.apache.spark.sql.functions._");

  private final ClassLoader before = Thread.currentThread().getContextClassLoader();
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final SparkSession spark;
  private final IMain interpreter;

  ScalaRepl(String master, Map<String, String> properties) {
    String classes = folder().toString();
    Map<String, String> configuration = new HashMap<>(properties);
    // Where executors, also those of local mode, find the classes that the interpreter compiles.
    configuration.put("spark.repl.class.outputDir", classes);
    spark = Sparks.start(master, configuration);
    Settings settings = new Settings();
    settings.processArgumentString("-Yrepl-class-based -usejavacp -Yrepl-outdir " + classes);
    PrintWriter printed = new PrintWriter(output, true, StandardCharsets.UTF_8);
    interpreter = new IMain(settings, new ReplReporterImpl(settings, printed));
    Thread.currentThread().setContextClassLoader(interpreter.classLoader());
    DEFINITIONS.forEach(this::run);
  }

  SparkSession spark() {
    return spark;
  }

  /**
   * Runs one piece of Scala.
   *
   * @return what it printed, and what the interpreter said of it
   * @throws AssertionError with both where it does not compile or throws
   */
  String run(String code) {
    output.reset();
    Results.Result result = Console.withOut(output, () -> interpreter.interpret(code));
    String printed = output.toString(StandardCharsets.UTF_8);
    if (result != Results.Success$.MODULE$) {
      throw new AssertionError(Text.format("%s in%n%n%s%n%n%s", result, code, printed));
    }
    return printed;
  }

  @Override
  public void close() {
    interpreter.close();
    spark.stop();
    Thread.currentThread().setContextClassLoader(before);
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("nightjar-repl");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
