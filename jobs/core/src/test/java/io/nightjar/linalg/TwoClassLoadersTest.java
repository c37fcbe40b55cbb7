package io.nightjar.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.backbone.onednn.OneDnn;
import io.nightjar.testing.ClassPaths;
import java.io.File;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sessions of Spark Connect have class loaders of their own, in one process. */
@Tag("slow")
class TwoClassLoadersTest {
  @Test
  void eachLoadsTheNativeLibraries() throws Exception {
    assertThat(LinearAlgebra.inUse()).startsWith("OpenBLAS");
    float[] expected = product(getClass().getClassLoader());
    for (int i = 0; i < 2; i++) {
      try (URLClassLoader loader =
          new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
        Class<?> own = loader.loadClass(LinearAlgebra.class.getName());
        assertThat(own).isNotEqualTo(LinearAlgebra.class);
        assertThat(own.getMethod("inUse").invoke(null)).isEqualTo(LinearAlgebra.inUse());
        assertThat(product(loader)).containsExactly(expected);
        Class<?> network = loader.loadClass(OneDnn.class.getName());
        assertThat(network.getMethod("problem").invoke(null)).isEqualTo(OneDnn.problem());
      }
    }
  }

  private static float[] product(ClassLoader loader) throws Exception {
    Method multiply =
        loader
            .loadClass(Blas.class.getName())
            .getMethod(
                "multiply",
                float[].class,
                int.class,
                int.class,
                float[].class,
                int.class,
                float[].class);
    float[] values = new float[64 * 64];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i);
    }
    float[] product = new float[64 * 64];
    multiply.invoke(null, values, 64, 64, values, 64, product);
    return product;
  }

  private static URL[] classPath() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : Arrays.asList(ClassPaths.whole().split(File.pathSeparator))) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }
}
