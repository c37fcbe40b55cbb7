package io.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.testing.ClassPaths;
import io.nightjar.testing.Repository;
import io.nightjar.testing.TinyDataset;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole evaluation in a process that finds no native libraries of OpenBLAS. */
@Tag("slow")
class MissingNativesTest {

  @Test
  void evaluationRunsInPlainJavaWithOneWarning(@TempDir Path work) throws Exception {
    Path data = TinyDataset.generate(work.resolve("data"));
    Path weights = TinyDataset.writeWeights(work.resolve("resnet18.safetensors"));
    Path out = work.resolve("out");
    Path log = work.resolve("nightjar.log");
    Path console = work.resolve("console");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // What Spark needs on this JDK.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> !flag.startsWith("-Dnightjar.linalg"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-Dlog4j2.configurationFile=" + Repository.file("conf/log4j2.properties"),
            "-Dnightjar.log=" + log));
    command.addAll(List.of("-cp", ClassPaths.withoutNatives(), Nightjar.class.getName()));
    command.addAll(List.of("evaluate", "--master", "local[2]", "--data", data.toString()));
    command.addAll(List.of("--weights", weights.toString(), "--backbone", "resnet18"));
    command.addAll(List.of("--image-size", "64", "--grid", "8", "--category", "bottle"));
    command.addAll(List.of("--out", out.toString()));

    Process child =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(console.toFile())
            .start();

    assertThat(child.waitFor()).as(Files.readString(console)).isZero();
    assertThat(Files.readString(out.resolve("run.json"))).contains("\"linear_algebra\" : \"Java\"");
    assertThat(Files.readAllLines(log).stream().filter(line -> line.contains("OpenBLAS could not")))
        .singleElement()
        .asString()
        .contains("WARN", "org.bytedeco:openblas", "continues in plain Java");
  }
}
