#!/usr/bin/env bash
# Spark's data source "image" keeps the low byte of 16-bit gray samples.
#
# Versions    Spark MLlib 3.5.7 (Scala 2.12) and 4.0.1 (Scala 2.13), spark.read().format("image"); Java 17.
# Guess       A 16-bit gray PNG, as inspection cameras write it, is scaled to the 8 bits of mode CV_8UC1, as a 16-bit
#             colour PNG is to those of CV_8UC3; or it is refused, as what cannot be decoded is.
# Behaviour   Every sample is cut to its low byte: a smooth ramp from black to white becomes a saw of 256 teeth, and
#             an image of 0x8000, a medium gray, is black. The row says CV_8UC1 as that of an 8-bit image does, and
#             nothing is logged. Colour images of 16 bits are scaled.
# Output seen Spark 3.5.7
#             8-bit gray ramp     0..255, falls 0 times
#             16-bit gray ramp    0..255, falls 255 times
#             16-bit gray 0x8000  0..0, falls 0 times
#             16-bit colour ramp  0..255, falls 0 times
#             Spark 4.0.1
#             8-bit gray ramp     0..255, falls 0 times
#             16-bit gray ramp    0..255, falls 255 times
#             16-bit gray 0x8000  0..0, falls 0 times
#             16-bit colour ramp  0..255, falls 0 times
#
# Needs JDK 17 and Maven. Exits with 0 while this holds, with 1 when it has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat >pom.xml <<'POM'
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>image-source</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.apache.spark</groupId>
      <artifactId>spark-mllib_${scala}</artifactId>
      <version>${spark}</version>
    </dependency>
  </dependencies>
</project>
POM

cat >Images.java <<'JAVA'
import java.awt.Point;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.IntUnaryOperator;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

public class Images {
  private static final int WIDTH = 4096;
  private static boolean holds = true;

  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("images");
    SparkSession spark =
        SparkSession.builder().master("local[2]").config("spark.ui.enabled", false).getOrCreate();
    spark.sparkContext().setLogLevel("ERROR");
    System.out.println("Spark " + spark.version());
    // From black to white, as bright in each depth.
    gray(folder, "8.png", BufferedImage.TYPE_BYTE_GRAY, x -> x * 255 / (WIDTH - 1));
    gray(folder, "16.png", BufferedImage.TYPE_USHORT_GRAY, x -> x * 65535 / (WIDTH - 1));
    gray(folder, "bright.png", BufferedImage.TYPE_USHORT_GRAY, x -> 0x8000);
    colour(folder, "colour.png", x -> x * 65535 / (WIDTH - 1));
    report(spark, folder, "8-bit gray ramp", "8.png", 255, 0);
    report(spark, folder, "16-bit gray ramp", "16.png", 255, 255);
    report(spark, folder, "16-bit gray 0x8000", "bright.png", 0, 0);
    report(spark, folder, "16-bit colour ramp", "colour.png", 255, 0);
    spark.stop();
    if (!holds) {
      System.out.println("This has CHANGED.");
    }
    System.exit(holds ? 0 : 1);
  }

  private static void gray(Path folder, String name, int type, IntUnaryOperator sample)
      throws Exception {
    BufferedImage image = new BufferedImage(WIDTH, 2, type);
    for (int x = 0; x < WIDTH; x++) {
      image.getRaster().setSample(x, 0, 0, sample.applyAsInt(x));
      image.getRaster().setSample(x, 1, 0, sample.applyAsInt(x));
    }
    write(image, folder, name);
  }

  private static void colour(Path folder, String name, IntUnaryOperator sample) throws Exception {
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, WIDTH, 2, 3, new Point());
    for (int x = 0; x < WIDTH; x++) {
      for (int channel = 0; channel < 3; channel++) {
        raster.setSample(x, 0, channel, sample.applyAsInt(x));
        raster.setSample(x, 1, channel, sample.applyAsInt(x));
      }
    }
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, 1, DataBuffer.TYPE_USHORT);
    write(new BufferedImage(model, raster, false, null), folder, name);
  }

  private static void write(BufferedImage image, Path folder, String name) throws Exception {
    File file = folder.resolve(name).toFile();
    if (!ImageIO.write(image, "png", file)) {
      throw new IllegalStateException(name);
    }
    // The file itself has what was drawn.
    Raster raster = ImageIO.read(file).getRaster();
    for (int x = 0; x < WIDTH; x++) {
      if (raster.getSample(x, 0, 0) != image.getRaster().getSample(x, 0, 0)) {
        throw new IllegalStateException(name + " was not written as drawn");
      }
    }
  }

  private static void report(
      SparkSession spark, Path folder, String what, String name, int highest, int falls) {
    Row image =
        spark
            .read()
            .format("image")
            .load(folder.resolve(name).toString())
            .select("image.nChannels", "image.data")
            .first();
    int channels = image.getInt(0);
    byte[] data = (byte[]) image.get(1);
    int low = 255;
    int high = 0;
    int fallen = 0;
    for (int x = 0; x < WIDTH; x++) {
      int value = data[x * channels] & 0xff;
      low = Math.min(low, value);
      high = Math.max(high, value);
      fallen += x > 0 && value < (data[(x - 1) * channels] & 0xff) ? 1 : 0;
    }
    System.out.printf(Locale.ROOT, "%-18s  %d..%d, falls %d times%n", what, low, high, fallen);
    holds &= low == 0 && high == highest && fallen == falls;
  }
}
JAVA

# Spark's list for JDK 17, as far as this program needs it.
opens=()
for package in java.lang java.lang.invoke java.lang.reflect java.io java.net java.nio java.util \
  java.util.concurrent java.util.concurrent.atomic sun.nio.ch sun.nio.cs sun.security.action \
  sun.util.calendar; do
  opens+=("--add-opens=java.base/$package=ALL-UNNAMED")
done

# run SPARK SCALA
run() {
  mvn -q -B -Dmaven.repo.local="$work/repository" -Dspark="$1" -Dscala="$2" \
    org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath \
    -Dmdep.outputFile="classpath-$1" </dev/null
  java "${opens[@]}" -cp "$(cat "classpath-$1")" Images.java 2>log.txt ||
    { status=$?; tail -n 20 log.txt >&2; exit "$status"; }
}

run 3.5.7 2.12
run 4.0.1 2.13
