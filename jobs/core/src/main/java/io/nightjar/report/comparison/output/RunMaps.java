package io.nightjar.report.comparison.output;

import io.nightjar.dataset.image.FileBytes;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.dataset.map.DecodedMap;
import io.nightjar.dataset.map.MapDecoder;
import io.nightjar.io.Decoding;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.PlainFiles;
import io.nightjar.report.comparison.FinishedRun;
import io.nightjar.score.AnomalyMap;
import io.nightjar.text.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;

/**
 * The anomaly maps of some images of a run: from its table {@code maps/}, or, where the run
 * measured maps of another program, from their files.
 *
 * @param maps by category and path
 * @param shapes of the images of these maps, as far as the table has them
 * @param faults sentences on what could not be read
 */
record RunMaps(Map<Image, AnomalyMap> maps, Map<Image, Shape> shapes, List<String> faults) {
  private static final String TABLE = "maps";
  private static final String WIDTH = "image_width";
  private static final String HEIGHT = "image_height";
  private static final List<String> EXTENSIONS = List.of(".tiff", ".tif", ".npy", ".png");

  /** An image of a run. */
  record Image(String category, String path) {}

  /** The pixels of an image. */
  record Shape(int width, int height) {}

  /** Reads the maps of some images; one that is not there is left out. */
  static RunMaps read(FinishedRun run, Set<Image> wanted, Configuration configuration) {
    RunMaps found = new RunMaps(new HashMap<>(), new HashMap<>(), new ArrayList<>());
    if (wanted.isEmpty()) {
      return found;
    }
    if (run.report().run().details().get(TABLE) instanceof Map<?, ?> given
        && given.get("root") instanceof String root) {
      wanted.forEach(image -> found.readFile(root, image, configuration));
    } else {
      found.readTable(run.uri(), wanted, configuration);
    }
    return found;
  }

  private void readTable(String run, Set<Image> wanted, Configuration configuration) {
    try {
      Path folder = HadoopPaths.child(HadoopPaths.parse(run), TABLE);
      FileSystem files = PlainFiles.of(folder, configuration);
      for (FileStatus part : files.listStatus(folder)) {
        if (part.isFile() && part.getPath().getName().startsWith("part-")) {
          Decoding.<Boolean, IOException, IOException>guarded(
              () -> readPart(part.getPath(), wanted, configuration), IOException::new);
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      faults.add(Text.format("The maps of %s cannot be shown: %s", run, e.getMessage()));
    }
  }

  private boolean readPart(Path part, Set<Image> wanted, Configuration configuration)
      throws IOException {
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), part).withConf(configuration).build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        Image image = new Image(row.getString("category", 0), row.getString("path", 0));
        int width = row.getInteger("width", 0);
        int height = row.getInteger("height", 0);
        if (wanted.contains(image) && width > 0 && height > 0) {
          Group list = row.getGroup("map", 0);
          float[] values = new float[list.getFieldRepetitionCount(0)];
          for (int i = 0; i < values.length; i++) {
            values[i] = list.getGroup(0, i).getFloat(0, 0);
          }
          maps.put(image, new AnomalyMap(values, width, height));
          if (has(row, WIDTH) && has(row, HEIGHT)) {
            shapes.put(image, new Shape(row.getInteger(WIDTH, 0), row.getInteger(HEIGHT, 0)));
          }
        }
      }
    }
    return true;
  }

  /** Tables of earlier programs lack columns. */
  private static boolean has(Group row, String column) {
    return row.getType().containsField(column) && row.getFieldRepetitionCount(column) > 0;
  }

  /** The shape of an image; that of its map where no other is known. */
  Shape shape(Image image) {
    AnomalyMap map = maps.get(image);
    return shapes.getOrDefault(image, new Shape(map.width(), map.height()));
  }

  private void readFile(String root, Image image, Configuration configuration) {
    String path = image.path();
    int slash = path.lastIndexOf('/');
    int dot = path.lastIndexOf('.');
    String stem = dot > slash ? path.substring(0, dot) : path;
    for (String extension : EXTENSIONS) {
      try {
        Path file =
            HadoopPaths.child(HadoopPaths.parse(root), image.category() + "/" + stem + extension);
        if (PlainFiles.of(file, configuration).exists(file)) {
          DecodedMap decoded =
              MapDecoder.decode(FileBytes.read(file.toString(), configuration), file.toString());
          maps.put(image, new AnomalyMap(decoded.values(), decoded.width(), decoded.height()));
          return;
        }
      } catch (IOException | UnreadableFileException | IllegalArgumentException e) {
        faults.add(
            Text.format(
                "The map of %s of %s cannot be shown: %s", path, image.category(), e.getMessage()));
        return;
      }
    }
  }

  /** The largest scores of blocks of a map, so that no side is longer than some pixels. */
  static AnomalyMap shrunk(AnomalyMap map, int longest) {
    int block = (Math.max(map.width(), map.height()) + longest - 1) / longest;
    int width = (map.width() + block - 1) / block;
    int height = (map.height() + block - 1) / block;
    float[] values = new float[width * height];
    Arrays.fill(values, Float.NEGATIVE_INFINITY);
    for (int y = 0; y < map.height(); y++) {
      for (int x = 0; x < map.width(); x++) {
        int at = y / block * width + x / block;
        values[at] = Math.max(values[at], map.values()[y * map.width() + x]);
      }
    }
    return new AnomalyMap(values, width, height);
  }
}
