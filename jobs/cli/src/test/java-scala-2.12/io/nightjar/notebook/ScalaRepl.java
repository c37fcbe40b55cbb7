package io.nightjar.notebook;

import io.nightjar.testing.Sparks;
import io.nightjar.text.Text;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.repl.Main$;
import org.apache.spark.repl.SparkILoop;
import org.apache.spark.sql.SparkSession;
import scala.Console;
import scala.Option;
import scala.tools.nsc.Settings;
import scala.tools.nsc.interpreter.Results;

/** The REPL of spark-shell on a local Spark, given one piece of Scala after another. */
final class ScalaRepl implements AutoCloseable {
  private final ClassLoader before = Thread.currentThread().getContextClassLoader();
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final SparkSession spark;
  private final SparkILoop loop;

  ScalaRepl(String master, Map<String, String> properties) {
    String classes = Main$.MODULE$.outputDir().getAbsolutePath();
    Map<String, String> configuration = new HashMap<>(properties);
    // Where executors, also those of local mode, find the classes that the REPL compiles.
    configuration.put("spark.repl.class.outputDir", classes);
    spark = Sparks.start(master, configuration);
    Main$.MODULE$.sparkContext_$eq(spark.sparkContext());
    Main$.MODULE$.sparkSession_$eq(spark);
    loop = new SparkILoop(Option.empty(), new PrintWriter(output, true, StandardCharsets.UTF_8));
    Settings settings = new Settings();
    settings.processArgumentString("-Yrepl-class-based -usejavacp -Yrepl-outdir " + classes);
    loop.settings_$eq(settings);
    loop.createInterpreter();
    loop.intp().initializeSynchronous();
    Thread.currentThread().setContextClassLoader(loop.intp().classLoader());
    loop.initializeSpark();
  }

  SparkSession spark() {
    return spark;
  }

  /**
   * Runs one piece of Scala.
   *
   * @return what it printed, and what the REPL said of it
   * @throws AssertionError with both where it does not compile or throws
   */
  String run(String code) {
    output.reset();
    Results.Result result = Console.withOut(output, () -> loop.intp().interpret(code));
    String printed = output.toString(StandardCharsets.UTF_8);
    if (result != Results.Success$.MODULE$) {
      throw new AssertionError(Text.format("%s in%n%n%s%n%n%s", result, code, printed));
    }
    return printed;
  }

  @Override
  public void close() {
    loop.closeInterpreter();
    Main$.MODULE$.sparkContext_$eq(null);
    Main$.MODULE$.sparkSession_$eq(null);
    spark.stop();
    Thread.currentThread().setContextClassLoader(before);
  }
}
