package io.nightjar.faults;

import io.nightjar.testing.ClassPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;

/**
 * What is submitted: the classes of the tests, and a jar without any, since {@code spark-submit}
 * wants one.
 *
 * @param classPath of master, workers, drivers and executors
 * @param jar that is submitted
 */
record Application(String classPath, Path jar) {
  static Application of(Path work) throws IOException {
    Path jar = work.resolve("empty.jar");
    new JarOutputStream(Files.newOutputStream(jar)).close();
    return new Application(ClassPaths.whole(), jar);
  }
}
