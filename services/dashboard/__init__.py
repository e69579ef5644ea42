"""The dashboard that the edge serves at `/`: static files, no build step, nothing borrowed."""

from services.dashboard.router import router

__all__ = ["router"]
