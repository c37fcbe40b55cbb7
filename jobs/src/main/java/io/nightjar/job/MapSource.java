package io.nightjar.job;

import io.nightjar.dataset.DecodedMap;
import io.nightjar.dataset.DefectiveFileException;
import io.nightjar.dataset.FileBytes;
import io.nightjar.dataset.MapDecoder;
import io.nightjar.score.AnomalyMap;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;

/** Where an image's anomaly map is, before it is brought to the size it is judged at. */
sealed interface MapSource extends Serializable {

  /** A map that is small enough to travel, as the grid of patches is. */
  record InMemory(AnomalyMap map) implements MapSource {
    private static final long serialVersionUID = 1L;

    @Override
    public AnomalyMap read(Configuration configuration) {
      return map;
    }
  }

  /** A file, read whenever the map is needed. */
  record Stored(String uri) implements MapSource {
    private static final long serialVersionUID = 1L;

    @Override
    public AnomalyMap read(Configuration configuration) throws DefectiveFileException {
      return decode(FileBytes.read(uri, configuration), uri);
    }
  }

  AnomalyMap read(Configuration configuration) throws DefectiveFileException;

  static AnomalyMap decode(byte[] bytes, String uri) throws DefectiveFileException {
    DecodedMap decoded = MapDecoder.decode(bytes, uri);
    return new AnomalyMap(decoded.values(), decoded.width(), decoded.height());
  }
}
