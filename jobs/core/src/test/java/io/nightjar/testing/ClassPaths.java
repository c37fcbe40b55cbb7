package io.nightjar.testing;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Class paths for processes that tests start. */
public final class ClassPaths {
  private ClassPaths() {}

  /** That of this process, in the order in which another one starts from an archive of classes. */
  public static String whole() {
    return ClassArchive.ordered(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
  }

  /** Where one class of this process, and those next to it, come from. */
  public static String of(Class<?> one) {
    return Path.of(URI.create(one.getProtectionDomain().getCodeSource().getLocation().toString()))
        .toString();
  }

  /** As on a platform for which the class path holds no native libraries of OpenBLAS. */
  public static String withoutNatives() {
    return Arrays.stream(whole().split(File.pathSeparator))
        .filter(
            entry ->
                !entry.matches(".*(openblas|javacpp)-[^/]*-(linux|macosx|windows)-[^/]*\\.jar"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
