package io.nightjar.faults;

import io.nightjar.testing.ClassPaths;
import io.nightjar.testing.Gate;
import io.nightjar.testing.GatedFileSystem;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * What is submitted: the finished jar on nothing but what a cluster has, where the build has made
 * it, otherwise the classes that it is made of.
 *
 * @param classPath of master, workers, drivers and executors
 * @param jar that is submitted
 */
record Application(String classPath, Path jar) {
  static Application of(Path work) throws IOException {
    String finished = System.getProperty("nightjar.spark.jar");
    if (finished != null) {
      String cluster =
          Files.readString(Path.of(System.getProperty("nightjar.cluster.classpath"))).strip();
      Path gate = jar(work, List.of(GatedFileSystem.class, Gate.class, Gate.Hold.class));
      return new Application(cluster + File.pathSeparator + gate, Path.of(finished));
    }
    return new Application(ClassPaths.whole(), jar(work, List.of()));
  }

  /** Some of the tests' classes, without the others. */
  private static Path jar(Path work, List<Class<?>> types) throws IOException {
    Path jar = work.resolve("tests.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Class<?> type : types) {
        String entry = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(entry));
        try (InputStream in = type.getClassLoader().getResourceAsStream(entry)) {
          in.transferTo(out);
        }
      }
    }
    return jar;
  }
}
