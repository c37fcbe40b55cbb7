package io.nightjar.faults;

import io.nightjar.testing.ClassPaths;
import io.nightjar.testing.JavaCommand;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder like an installation of Spark: {@code jars} with Spark's own, those for YARN among them,
 * and {@code bin/spark-submit}, which runs what Spark's launcher says, as the original does.
 */
record SparkHome(Path folder) {
  /**
   * Puts one together.
   *
   * @param clusterClassPath what Spark has without YARN
   */
  static SparkHome create(Path folder, String clusterClassPath) throws IOException {
    Path jars = Files.createDirectories(folder.resolve("jars"));
    Set<Path> files = new LinkedHashSet<>();
    Stream.concat(
            entries(clusterClassPath),
            entries(ClassPaths.whole())
                .filter(jar -> name(jar).matches("(spark-yarn_|hadoop-yarn-).*\\.jar")))
        .filter(jar -> name(jar).endsWith(".jar"))
        .forEach(files::add);
    for (Path jar : files) {
      Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
    }
    Path submit = Files.createDirectories(folder.resolve("bin")).resolve("spark-submit");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Files.writeString(
        submit,
        String.join(
            "\n",
            "#!/usr/bin/env bash",
            "words=()",
            "while IFS= read -r -d '' word; do",
            "  word=${word#$'\\n'}",
            "  [ ${#words[@]} = 0 ] && [ -z \"$word\" ] || words+=(\"$word\")",
            "done < <(\""
                + java
                + "\" "
                + String.join(" ", JavaCommand.SHORT_LIVED)
                + " -Xmx128m \\",
            "  -cp \"$SPARK_HOME/jars/*\" org.apache.spark.launcher.Main \\",
            "  org.apache.spark.deploy.SparkSubmit \"$@\")",
            "exec \"${words[@]}\"",
            ""));
    if (!submit.toFile().setExecutable(true)) {
      throw new IOException(submit + " cannot be made executable");
    }
    return new SparkHome(folder);
  }

  private static Stream<Path> entries(String classPath) {
    return Arrays.stream(classPath.split(File.pathSeparator)).map(Path::of);
  }

  private static String name(Path jar) {
    return jar.getFileName().toString();
  }

  /** The jars as {@code spark.yarn.jars} names those that every node has. */
  String jarsOnEveryNode() {
    return "local:" + folder.resolve("jars") + "/*";
  }
}
