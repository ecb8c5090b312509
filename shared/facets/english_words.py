"""Words that give a facet away in English technical prose; general vocabulary, no names."""

from shared.facets.rules import words

PLACES = words(
    """hospital|workshop|factory|factories|museum|park|school|classroom|port|airport|mine|farm
    clinic|tunnel|bridge|warehouse|plant|city|cities|vehicle|aircraft|phone|grid|home
    rehabilitation|therapy|question answering|forecasting|surgery|streaming|maintenance
    monitoring|exhibition|training|manufacturing|agriculture|logistics|tourism|theatre|theater
    stage|concert|batteries|traveller|patient|pupil|student|elderly|children|stroke|crane|ship
    train|railway|road|street|building|construction site|wind farm|substation|power station
    refinery|reservoir|river|forest|ocean|sea|weather|climate|retail|shop|bank|court|fire|rescue
    emergency|game|film|tablet|headset|social VR|virtual reality|lesson|lecture|examination
    gallery|archaeology|heritage|opera|dance|sport|daily life|space|satellite|robotics
    inspection|diagnosis|nursing|care|assembly|casting|painting"""
)
METHOD_HEADS = words(
    """learning|algorithm|neural network|method|process|technique|technology|simulation|testing
    test|inspection|sputtering|deposition|sintering|splatting|printing|processing|encryption
    diffusion|purification|reconstruction|knowledge graph|generation|element|decimation
    modelling|modeling|assimilation|casting|welding|catalysis|fermentation|sequencing|etching
    lithography|spectroscopy|optimisation|optimization|photogrammetry|imaging|detection|tracking
    estimation|removal|retrieval|recognition|segmentation|synthesis|analysis|communication
    photography|watermark|watermarking|rendering|capture|scanning|mapping|localisation
    localization|positioning|calibration|compression|coding|encoding|decoding|fusion
    registration|classification|regression|prediction|forecasting|scheduling|planning|annotation
    verification|measurement|metrology|animation|rigging|relighting|filtering|inference
    statistics|curing|embossing|nanoimprint|lattice-Boltzmann|Monte Carlo|Bayesian|Markov model
    Kalman filter|transformer|SLAM|lidar|InSAR|blockchain|WebGPU|ray tracing|odometry
    spectrometry|chromatography|microscopy|tomography|interferometry|crystallisation|extrusion
    coating process|annealing|milling|machining|assay|protocol|pipeline|workflow|survey
    interviews"""
)
MATERIAL_HEADS = words(
    """alloy|ceramic|polymer|film|coating|resin|membrane|powder|hydrogel|glass|steel|cement
    concrete|catalyst|electrolyte|ink|rubber|composite|textile|fabric|nanowire|nanotube
    quantum dot|crystal|magnet|quartz sand|foam|adhesive|paint|substrate|perovskite
    silicon carbide|gallium nitride|graphene|zirconia|alumina|polyimide|epoxy|neodymium
    rare earth|silica|titanium|quartz|cellulose|silicone|magnesium|material|elastomer|sapphire
    silicon wafer|wafer|lacquer|pigment|dye|solvent|additive|carbon fibre|carbon fiber
    optical fibre|leather|timber|wood|aluminium|aluminum|copper"""
)
PRODUCT_HEADS = words(
    """system|platform|device|SDK|software|hardware|toolkit|tool|engine|sensor|robot|chip
    instrument|prototype|module|headset|glasses|glove|handle|service|dataset|database|data
    assistant|app|kit|plugin|plug-in|exoskeleton|camera|crown|screw|implant|terminal
    sensor network|drone|simulator|gateway|interface|library|electrode|machine|equipment|display
    controller|code|panel|board|archive|recorder|corpus|course|standards|asset|map|testbed|rig
    facility|laboratory|chamber|actuator|motor|laser|scanner|printer|projector|microphone
    loudspeaker|voices|script|model library|dashboard|viewer|editor|firmware|driver|server
    cluster|workstation|lens|optics|light engine|waveguide|micro-LED|battery pack|suit|watch
    wristband|bracelet|textbook|guideline|checklist"""
)
UNITS = words(
    """%|per cent|percent|MPa|GPa|kPa|Pa|m|cm|mm|nm|km|metre|metres|meters|ms|s|second|seconds
    minute|minutes|hour|hours|days|weeks|months|kg|g|N|ohm|fps|MB|GB|TB|kbit/s|Mbit/s|Gbit/s
    Mbps|ppm|ppb|degrees|degree|°C|°|K|Hz|kHz|MHz|GHz|dB|W|kW|MW|mW|points|times|nit|nits|lumens
    lux|euros|yuan|inch|ppi|bits|frames per second|tonnes|litres|micron|microns|micrometres
    people"""
)
SPELT = words("""one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|fifty""")
NOT_BEFORE_A_NOUN = words(
    """a|an|the|of|for|in|on|to|by|with|and|or|we|our|need|needs|looking|look|seek|seeking|wanted
    want|who|can|build|is|are|as|from|that|which|using|based|offer|offers|provide|it|provides
    develop|co-develop|would|like|at|than|its|their|your|this|these|across|print|below|above
    through|via|improve|improves|reduce|reduces|have|has|one|any|each|every|some|within|after
    before|without"""
)
EMPTY = words(
    """technology|technologies|method|methods|process|service|services|system|systems|platform
    platforms|software|some|others|it|them|us|data|tool|tools|machine|element|elements|material
    materials|a solution|solutions|the market|the future|the world|our|this|cooperation"""
)
