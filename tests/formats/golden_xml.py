"""Small GPX and TCX files made by ourselves, one for each thing that the decoders must understand."""

GARMIN_GPX = """<?xml version="1.0" encoding="UTF-8"?>
<gpx creator="Garmin Connect" version="1.1" xmlns:ns3="http://www.garmin.com/xmlschemas/TrackPointExtension/v1"
  xmlns="http://www.topografix.com/GPX/1/1">
  <metadata><name>The file</name><time>2026-05-03T06:00:00.000Z</time></metadata>
  <wpt lat="60.1" lon="24.9"><name>Kiosk</name></wpt>
  <trk>
    <name>Morning &amp; ride</name><desc>Past the "sea"</desc><type>gravel_cycling</type>
    <trkseg>
      <trkpt lat="60.17000000" lon="24.9400000"><ele>12.19999980926513671875</ele><time>2026-05-03T06:00:00.000Z</time>
        <extensions><ns3:TrackPointExtension><ns3:atemp>18.0</ns3:atemp><ns3:hr>111</ns3:hr><ns3:cad>0</ns3:cad>
        </ns3:TrackPointExtension></extensions></trkpt>
      <trkpt lat="60.17010000" lon="24.9401000"><ele>12.6000003814697265625</ele><time>2026-05-03T06:00:01.000Z</time>
        <extensions><power>210</power><ns3:TrackPointExtension><ns3:hr>113</ns3:hr><ns3:cad>85</ns3:cad>
        </ns3:TrackPointExtension></extensions></trkpt>
    </trkseg>
    <trkseg>
      <trkpt lat="60.17020000" lon="24.9402000"><ele>13</ele><time>2026-05-03T06:01:01.500Z</time></trkpt>
    </trkseg>
  </trk>
</gpx>
"""
CLUETRUST_GPX = """<?xml version='1.0' encoding='utf-8' standalone='yes'?>
<!-- made by a phone -->
<gpx version="1.1" creator="A phone" xmlns="http://www.topografix.com/GPX/1/1"
 xmlns:gpxdata="http://www.cluetrust.com/XML/GPXDATA/1/0" xmlns:pwr="http://www.garmin.com/xmlschemas/PowerExtension/v1">
<trk><name><![CDATA[Lunch <run>]]></name><type>TrailRun</type><trkseg>
<trkpt lon="-0.10" lat="51.50"><ele>5.5</ele><time>2026-05-03T13:00:00+01:00</time><extensions>
<gpxdata:hr>140</gpxdata:hr>
<gpxdata:cadence>84</gpxdata:cadence><gpxdata:temp>21.5</gpxdata:temp><gpxdata:distance>0</gpxdata:distance>
<pwr:PowerInWatts>250</pwr:PowerInWatts></extensions></trkpt>
<trkpt lon="-0.11" lat="51.51"><!-- here --><ele>6.25</ele><time>2026-05-03T13:00:04+01:00</time><extensions>
<gpxdata:hr>&#49;41</gpxdata:hr><gpxdata:distance>1300.5</gpxdata:distance></extensions></trkpt>
</trkseg></trk></gpx>"""
OLD_GPX = """<?xml version="1.0"?>
<gpx version="1.0" creator="old" xmlns="http://www.topografix.com/GPX/1/0"><name>Walk</name><desc>In the woods</desc>
<trk><trkseg><trkpt lat="-33.5" lon="-70.6"><time>2009-10-17T18:37:26Z</time><course>181.5</course>
<speed>1.25</speed></trkpt>
<trkpt lat="-33.5001" lon="-70.6"><time>2009-10-17T18:37:31Z</time><speed>1.5</speed></trkpt></trkseg></trk></gpx>"""
TWO_DAYS_GPX = """<gpx version="1.1" creator="x"><trk><name>Sunday</name><type>9</type><trkseg>
<trkpt lat="1" lon="2"><time>2026-05-03T08:00:00Z</time></trkpt>
<trkpt lat="1.1" lon="2"><time>2026-05-03T09:00:00Z</time></trkpt>
</trkseg></trk><trk><name>Saturday</name><type>1</type><trkseg>
<trkpt lat="1" lon="2"><time>2026-05-02T08:00:00Z</time></trkpt>
<trkpt lat="1.1" lon="2"><time>2026-05-02T09:00:00Z</time></trkpt>
</trkseg></trk><trk><name>Saturday, back</name><type>1</type><trkseg>
<trkpt lat="1.1" lon="2"><time>2026-05-02T10:00:00Z</time></trkpt>
<trkpt lat="1" lon="2"><time>2026-05-02T11:00:00Z</time></trkpt>
</trkseg></trk><trk><type>10</type><trkseg><trkpt lat="1" lon="2"><time>2026-05-02T11:05:00Z</time></trkpt>
</trkseg></trk><trk><name>Plan</name><trkseg><trkpt lat="3" lon="4"/><trkpt lat="3.1" lon="4"/></trkseg></trk></gpx>"""
ROUTE_GPX = """<?xml version="1.0"?><gpx version="1.1" creator="planner"><rte><name>Loop</name>
<rtept lat="52.5" lon="13.5"><ele>30</ele></rtept><rtept lat="52.6" lon="13.5"/></rte></gpx>"""

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<TrainingCenterDatabase xmlns:ns3="http://www.garmin.com/xmlschemas/ActivityExtension/v2"
 xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
"""
RIDE_TCX = (
    _HEAD
    + """ <Activities><Activity Sport="Biking"><Id>2026-05-03T06:00:00.000Z</Id>
  <Lap StartTime="2026-05-03T06:00:00.000Z"><TotalTimeSeconds>2.0</TotalTimeSeconds>
   <DistanceMeters>20.5</DistanceMeters>
   <MaximumSpeed>9.5</MaximumSpeed><Calories>11</Calories><AverageHeartRateBpm><Value>120</Value></AverageHeartRateBpm>
   <MaximumHeartRateBpm><Value>125</Value></MaximumHeartRateBpm><Intensity>Active</Intensity><Cadence>80</Cadence>
   <TriggerMethod>Manual</TriggerMethod>
   <Track><Trackpoint><Time>2026-05-03T06:00:00.000Z</Time><Position><LatitudeDegrees>52.097312388941646</LatitudeDegrees>
     <LongitudeDegrees>6.641664756461978</LongitudeDegrees></Position><AltitudeMeters>6.800000190734863</AltitudeMeters>
     <DistanceMeters>0.8399999737739563</DistanceMeters><HeartRateBpm><Value>121</Value></HeartRateBpm><Cadence>80</Cadence>
     <Extensions><ns3:TPX><ns3:Speed>0.7839999794960022</ns3:Speed><ns3:Watts>205</ns3:Watts></ns3:TPX></Extensions></Trackpoint>
    <Trackpoint><Time>2026-05-03T06:00:01.000Z</Time></Trackpoint></Track>
   <Track><Trackpoint><Time>2026-05-03T06:00:31.000Z</Time><DistanceMeters>20.5</DistanceMeters></Trackpoint></Track>
   <Extensions><ns3:LX><ns3:AvgSpeed>8.1</ns3:AvgSpeed><ns3:AvgWatts>200</ns3:AvgWatts><ns3:MaxWatts>300</ns3:MaxWatts>
    <ns3:MaxBikeCadence>90</ns3:MaxBikeCadence></ns3:LX></Extensions></Lap>
  <Lap StartTime="2026-05-03T06:00:32.000Z"><TotalTimeSeconds>6.0</TotalTimeSeconds><DistanceMeters>50</DistanceMeters>
   <Calories>4</Calories><AverageHeartRateBpm><Value>140</Value></AverageHeartRateBpm><Intensity>Active</Intensity>
   <TriggerMethod>Distance</TriggerMethod>
   <Track><Trackpoint><Time>2026-05-03T06:00:32.000Z</Time><DistanceMeters>21</DistanceMeters></Trackpoint></Track></Lap>
  <Notes>Windy</Notes>
  <Creator xsi:type="Device_t"><Name>Edge 530</Name><UnitId>3950859721</UnitId><ProductID>3121</ProductID>
   <Version><VersionMajor>9</VersionMajor><VersionMinor>75</VersionMinor></Version></Creator>
 </Activity></Activities></TrainingCenterDatabase>
"""
)
MULTISPORT_TCX = (
    _HEAD
    + """<Activities><MultiSportSession><Id>2026-05-03T06:00:00Z</Id><FirstSport><Activity Sport="Other">
<Id>2026-05-03T06:00:00Z</Id><Lap StartTime="2026-05-03T06:00:00Z"><TotalTimeSeconds>60</TotalTimeSeconds>
</Lap></Activity>
</FirstSport><NextSport><Transition StartTime="2026-05-03T06:01:00Z"><TotalTimeSeconds>5</TotalTimeSeconds></Transition>
<Activity Sport="Running"><Id>2026-05-03T06:01:05Z</Id><Lap StartTime="2026-05-03T06:01:05Z">
<TotalTimeSeconds>60</TotalTimeSeconds>
<Track><Trackpoint><Time>2026-05-03T06:01:05Z</Time><Extensions>
<TPX xmlns="http://www.garmin.com/xmlschemas/ActivityExtension/v2">
<RunCadence>88</RunCadence></TPX></Extensions></Trackpoint></Track></Lap></Activity></NextSport></MultiSportSession>
<Activity Sport="Walking"><Id>2026-05-03T09:00:00Z</Id><Lap StartTime="2026-05-03T09:00:00Z">
<TotalTimeSeconds>60</TotalTimeSeconds>
</Lap></Activity></Activities></TrainingCenterDatabase>"""
)
COURSE_TCX = (
    _HEAD
    + """<Courses><Course><Name>Loop</Name><Track><Trackpoint><Time>2026-05-03T06:00:00Z</Time></Trackpoint></Track>
<CoursePoint><Name>Top</Name></CoursePoint></Course></Courses></TrainingCenterDatabase>"""
)
GPX = {
    "garmin": GARMIN_GPX, "cluetrust": CLUETRUST_GPX, "old": OLD_GPX, "two_days": TWO_DAYS_GPX, "route": ROUTE_GPX,
}  # fmt: skip
TCX = {"ride": RIDE_TCX, "multisport": MULTISPORT_TCX, "course": COURSE_TCX}
GOLDEN: dict[str, bytes] = {f"{n}.gpx": t.encode() for n, t in GPX.items()} | {
    f"{n}.tcx": t.encode() for n, t in TCX.items()
}
