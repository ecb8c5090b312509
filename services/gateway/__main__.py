"""python -m services.gateway"""

from services.gateway.admission.header_deadline import header_deadline_protocol
from services.gateway.main import create_app
from services.gateway.settings import GatewaySettings
from shared.runtime import serve

if __name__ == "__main__":
    settings = GatewaySettings()
    protocol = header_deadline_protocol(settings.header_seconds)
    serve(create_app(settings), settings, "gateway", protocol=protocol)
